import init, * as pkg from '../pkg-web/consumer.js';
import { check } from '../check.mjs';

window.result = init().then(() => check(pkg));
