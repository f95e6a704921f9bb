// @ts-check
// Lends wasm-bindgen's glue the codecs that its host lacks. The glue makes them when it is loaded, if a string goes through it: so the files with
// such functions import this one, which runs before.

import { prepareHost, restoreHost } from './codecs.js';
import { codecs } from './host.js';

codecs.prepare = prepareHost;
codecs.restore = restoreHost;
prepareHost();
