// Opens a page in WebKit, the engine of Safari: WebKitGTK's MiniBrowser under Xvfb, controlled over HTTP by WebDriver.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

/** Starts a process and waits for the first line that it prints to a descriptor. @param {string} program @param {string[]} args @param {number} descriptor @param {NodeJS.ProcessEnv} env */
async function started(program, args, descriptor, env) {
  const stdio = [0, 1, 2, 3].map((each) => (each === descriptor ? 'pipe' : 'ignore'));
  const child = spawn(program, args, { stdio: /** @type {any} */ (stdio), env });
  const lines = createInterface({ input: /** @type {any} */ (child.stdio[descriptor]) });
  const [line] = await Promise.race([
    once(lines, 'line'),
    once(child, 'exit').then(([code]) => { throw new Error(`${program} ended with ${code}`); }),
  ]);
  return { child, line };
}

/** An unused port. */
async function freePort() {
  const { createServer } = await import('node:net');
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  server.close();
  await once(server, 'close');
  return port;
}

/** @param {string} executable MiniBrowser. @param {string} origin The origin of the pages. @param {number} timeout In milliseconds. */
export async function openWebKit(executable, origin, timeout) {
  const { child: xvfb, line: display } = await started('Xvfb', ['-displayfd', '3', '-screen', '0', '1280x1024x24', '-nolisten', 'tcp'], 3, process.env);
  const port = await freePort();
  const driver = spawn('WebKitWebDriver', [`--port=${port}`, '--host=127.0.0.1'], {
    stdio: 'ignore',
    env: {
      ...process.env, DISPLAY: `:${display}`, GDK_BACKEND: 'x11', LIBGL_ALWAYS_SOFTWARE: '1', WEBKIT_DISABLE_COMPOSITING_MODE: '1',
      WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: '1', NO_AT_BRIDGE: '1', GIO_USE_VFS: 'local',
    },
  });
  /** @param {string} method @param {string} path @param {object} [body] @returns {Promise<any>} */
  async function command(method, path, body) {
    const response = await fetch(`http://127.0.0.1:${port}${path}`, { method, body: body && JSON.stringify(body), headers: { 'Content-Type': 'application/json' } });
    const { value } = await response.json();
    if (!response.ok) throw new Error(`${path}: ${value?.error}: ${value?.message}`);
    return value;
  }
  await listening(() => command('GET', '/status'));
  const { sessionId, capabilities } = await command('POST', '/session', {
    capabilities: { alwaysMatch: { 'webkitgtk:browserOptions': { binary: executable, args: ['--automation'] }, timeouts: { script: timeout, pageLoad: timeout } } },
  });
  const session = `/session/${sessionId}`;
  /** @param {string} expression Its value may be a promise. @param {unknown[]} args */
  async function evaluate(expression, args) {
    const script = `const done = arguments[arguments.length - 1];
      (async () => ${expression})().then((value) => done({ value }), (error) => done({ error: String(error) + '\\n' + error.stack }));`;
    const { value, error } = await command('POST', `${session}/execute/async`, { script, args });
    if (error !== undefined) throw new Error(error);
    return value;
  }
  return {
    version: /** @type {string} */ (capabilities.browserVersion),
    page: {
      evaluate: (/** @type {Function | string} */ f, /** @type {unknown[]} */ ...args) => evaluate(typeof f === 'function' ? `await (${f})(...arguments[0])` : f, [args]),
    },
    /** @param {string} path */
    async result(path) {
      await command('POST', `${session}/url`, { url: 'about:blank' });
      await command('POST', `${session}/url`, { url: `${origin}${path}` });
      return evaluate(`{
        while (window.result === undefined) await new Promise(requestAnimationFrame);
        return window.result;
      }`, []);
    },
    async close() {
      await command('DELETE', session).catch(() => {});
      for (const child of [driver, xvfb]) child.kill();
    },
  };
}

/** Repeats a request until there is an answer, because the driver does not say when it is ready. @param {() => Promise<unknown>} ask */
async function listening(ask) {
  for (let left = 200; ; left--) {
    try {
      return await ask();
    } catch (error) {
      if (left === 0) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}
