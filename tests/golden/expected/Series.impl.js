const early$ = () => { throw new Error('wasm-lend: this package is not initialised yet: await init() first'); };
var $checked = early$, $checkedWord = early$, $drops = early$, $failed = early$, $handle = early$, $lend = early$, $noInstance = early$, $outcome = early$, $readOnly = early$, $reject = early$;
var tags$;
var class$ = 0, of$ = early$, make$ = early$;
const on$ = (method) => Object.assign((self, ...args) => method.apply(self, args), { method });
var Series$new$$raw = early$;
var Series$zeros$raw = early$;
var Series$get$length$raw = early$;
var Series$push$raw = early$;
var Series$samples$raw = early$;

export function bind$(runtime, tags) {
  // A copy: wasm-bindgen passes a view of wasm memory.
  tags$ = tags.slice();
  ({ $checked, $checkedWord, $drops, $failed, $handle, $lend, $noInstance, $outcome, $readOnly, $reject } = runtime);
  runtime.$register({
    'new Series': [(...args) => make$(Series$new$(...args))],
    'Series.zeros': [Series$zeros, 'n4 length: u32'],
    'get Series.length': [on$(Series$get$length), 'v this: &Series'],
    'Series.push': [on$(Series$push), 'v this: &mut Series', 'r8 samples: &[f32]'],
    'Series.samples': [on$(Series$samples), 'v this: &Series'],
  }, (exports) => {
    Series$new$$raw = exports.lend$Series$new$$HASH;
    Series$zeros$raw = exports.lend$Series$zeros$HASH;
    Series$get$length$raw = exports.lend$Series$get$length$HASH;
    Series$push$raw = exports.lend$Series$push$HASH;
    Series$samples$raw = exports.lend$Series$samples$HASH;
  }, 'golden');
  class$ = tags$[0];
  runtime.$extendClass(class$, (of, make) => { of$ = of; make$ = make; }, {
    construct: Series$new$,
    methods: { push: Series$push, samples: Series$samples },
    statics: { zeros: Series$zeros },
    getters: { length: Series$get$length },
    setters: {  },
  });
}

function Series$new$() {
  let result$;
  try {
    result$ = Series$new$$raw();
  } catch (error) {
    throw $failed(error, 0);
  }
  if ($outcome.failed) throw $outcome.take('new Series', 0);
  return result$ >>> 0;
}

function Series$zeros(length) {
  if (!(typeof length === 'number' && (length >>> 0) === length)) $reject('Series.zeros', length);
  let result$;
  try {
    result$ = Series$zeros$raw(length);
  } catch (error) {
    throw $failed(error, 0);
  }
  if ($outcome.failed) throw $outcome.take('Series.zeros', 0);
  return make$(result$);
}

function Series$get$length() {
  const this$ = of$(this) || $noInstance(this, class$, 'get Series.length', 0);
  try {
    return $checkedWord(Series$get$length$raw(this$));
  } catch (error) {
    throw $failed(error, 0, this$);
  }
}

function Series$push(samples) {
  const samples$ = $handle(samples) || $lend(samples, 8, 0, 'Series.push', 1);
  const this$ = of$(this) || $noInstance(this, class$, 'Series.push', 0);
  try {
    $checked(Series$push$raw(this$, samples$));
  } catch (error) {
    throw $failed(error, 0, this$, samples$);
  }
}

function Series$samples() {
  const this$ = of$(this) || $noInstance(this, class$, 'Series.samples', 0);
  let result$;
  try {
    result$ = Series$samples$raw(this$);
  } catch (error) {
    throw $failed(error, 0, this$);
  }
  if ($outcome.failed) throw $outcome.take('Series.samples', 0, this$);
  const made$ = $readOnly(result$, 8);
  if ($drops.any) $drops.run();
  return made$;
}
