// The tests of a library of 190 functions, 3 classes and an enum, which is made by `migrate/tests/generated`. They are the same before, while
// and after it moves to wasm-lend, file by file. The argument is its package.

import assert from 'node:assert/strict';
import { pathToFileURL } from 'node:url';

const pkg = await import(pathToFileURL(process.argv[2]).href);
const { Image, Mode, Palette, Point } = pkg;

const TOPICS = ['blur', 'channels', 'colors', 'convolve', 'crop', 'draw', 'edges', 'effects', 'filters', 'frames', 'levels', 'noise'];

let called = 0;
for (const [index, topic] of TOPICS.entries()) {
  for (let number = 0; number < 15 + Number(index < 10); number++) {
    const image = new Image('a title', 7);
    const f = pkg[`${topic}_${number}`] ?? pkg[`${topic}Step${number}`] ?? pkg[`${topic}Of${number}`] ?? pkg[topic]?.[`${topic}_${number}`];
    assert.equal(typeof f, 'function', `${topic}_${number}`);
    switch ((index + number) % 8) {
      case 0:
        f(image);
        assert.equal(image.left, 1);
        break;
      case 1:
        image.left = 3;
        f(image, 0.5);
        assert.equal(image.left, 1.5);
        break;
      case 2:
        assert.deepEqual([...f(new Uint8Array([1, 2, 3]))], [1, 2, 3]);
        break;
      case 3: {
        const point = new Point('p', 1);
        point.left = 9;
        const cropped = f(image, point);
        assert.ok(cropped instanceof Image);
        assert.deepEqual([cropped.left, cropped.width, cropped.title, image.left], [9, 7, 'a title', 0]);
        cropped.free();
        assert.throws(() => f(point, image));
        break;
      }
      case 4:
        assert.equal(f(Mode.Linear), Mode.Linear);
        break;
      case 5: {
        const value = { any: 'value' };
        assert.equal(f(value), value);
        break;
      }
      case 6:
        assert.equal(await f('a url'), 'a url');
        break;
      default:
        assert.deepEqual([f(new Float64Array([1, 2.5])), Math.abs(f(undefined))], [3.5, 0]);
    }
    called += 1;
    image.free();
  }
}
assert.equal(called, 190);

for (const Class of [Image, Point, Palette]) {
  const instance = new Class('title', 4);
  instance.width = 11;
  assert.deepEqual([instance.title, instance.width, instance.byteLength, instance.left], ['title', 11, 0, 0]);
  assert.throws(() => {
    instance.title = 'another';
  });
  instance.touch();
  instance.scaleBy(3);
  const point = new Point('p', 1);
  point.left = 2;
  const cropped = instance.crop(point);
  assert.deepEqual([instance.left, cropped.left, cropped instanceof Class], [3, 2, true]);
  assert.equal(JSON.parse(JSON.stringify(cropped)).left, 2);
  for (const used of [instance, point, cropped]) used.free();
  assert.throws(() => instance.touch());
}
assert.deepEqual([Mode.Nearest, Mode.Linear], [1, 2]);
console.log(`${called} functions, 3 classes and an enum pass`);
