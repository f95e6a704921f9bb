import { defineClass, early } from '../wasm-lend-HASH/js/classes.js';
var $defineClass = defineClass, $early = early;

export function bind$$(tag) {
  const make = (handle, isLent) => new Series$(token$$, handle >>> 0, isLent);
  const end = (gone) => { home$$ = null; construct$$ = gone; };
  ({ construct: construct$$, made: made$$, home: home$$ } = $defineClass(Series$, tag, 'Series', { of: of$$, state: state$$, set: set$$, held: held$$, make, end }, 'golden'));
}

const token$$ = Symbol('Series');
var construct$$ = $early, made$$ = $early, home$$, of$$, state$$, set$$, held$$;

export const Series$ = class Series {
  $lent = home$$;
  #home = home$$;
  #handle;
  #state = 0;
  #held = null;

  constructor(...args) {
    this.#handle = args[0] === token$$ ? args[1] : construct$$(this, args);
    if (args[2] !== true) made$$(this);
  }

  static {
    of$$ = (value) => {
      try {
        return value.#home === home$$ ? value.#handle : 0;
      } catch {
        return 0;
      }
    };
    state$$ = (value) => (typeof value === 'object' && value !== null && #state in value ? value.#state : -1);
    set$$ = (value, handle, state) => {
      value.#handle = handle;
      value.#state = state;
    };
    held$$ = (value, held) => (held ? (value.#held = held) : value.#held);
  }
};
