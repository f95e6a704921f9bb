export const Particle$ = class Particle {
  constructor() { throw new TypeError('Particle has no constructor: lend.alloc(Particle, length) makes a buffer of it'); }
};

export function bind$(runtime, tag, size, fields) {
  runtime.$defineRecord(Particle$, tag, size, fields, 'golden');
}
