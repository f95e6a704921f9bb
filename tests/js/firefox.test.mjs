// The web package in Firefox.

import { inBrowser } from './browserSuites.mjs';

inBrowser('firefox');
