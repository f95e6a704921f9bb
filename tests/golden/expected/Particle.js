import { defineRecord } from '../wasm-lend-HASH/js/records.js';
var $defineRecord = defineRecord;

export function bind$$(tag, size, fields) {
  $defineRecord(Particle$, tag, size, fields, 'golden');
}

export const Particle$ = class Particle {
  constructor() { throw new TypeError('Particle has no constructor: lend.alloc(Particle, length) makes a buffer of it'); }
};
