// Lines about enums and plain data that must compile, and lines that must not. `tests/js/types.test.mjs` checks them with tsc.

import {
  ask_kept, ask_pace, code_of, deepest, doubled_extent, Engine, extent_area, Event, Extent, Figure, Folder, Level, Levels, levels_back, levels_of,
  maybe_pace, next_event, Pace, pace_and_level, pace_or_slow, paces, ReadOnlyBuffer, same_figure, same_level, same_only, same_pace, same_query,
  same_settings, same_spots, Samples, SearchQuery, Settings, Spot, Verbosity,
} from 'e2e';

// Enums.
const pace: Pace = same_pace(Pace.Fast);
const maybe: Pace | undefined = maybe_pace() ?? maybe_pace(null) ?? maybe_pace(1);
const level: Level = same_level(Level.Lowest) === -1 ? Level.Ten : 11;
const quiet: 'quiet' = Verbosity.quiet;
const levels: Verbosity[] = levels_back(['quiet', Verbosity.allOfIt]);
const both: [Verbosity | undefined, Pace] = pace_and_level([Pace.Slow, null]);
const asked: Verbosity = ask_pace(pace, (pace: Pace, level) => (pace === Pace.Slow ? level : 'error'));
const kept: Level | undefined = ask_kept((level: Level) => (level === Level.Zero ? undefined : level));
const each: Pace[] = [...paces(3)];
const engine = new Engine(Pace.Fast);
engine.pace = pace_or_slow();
engine.log = Verbosity.errors;
const label: string = Pace.label(pace) + Pace.label(Pace.other(Pace.new()));
const later: Promise<Pace[]> = Pace.later(0, 2);
const parsed: Verbosity = Verbosity.isQuiet('quiet') ? Verbosity.parse('all') : quiet;
function named(pace: Pace): string {
  switch (pace) {
    case Pace.Fast:
      return 'fast';
    case Pace.Slow:
      return 'slow';
  }
}
// @ts-expect-error: no variant
same_pace(2);
// @ts-expect-error: a string is no number
same_pace('Fast');
// @ts-expect-error: no variant
levels_back(['loud']);
// @ts-expect-error: frozen
Pace.Fast = 1;
// @ts-expect-error: no such variant
Pace.Medium;
// @ts-expect-error: not in JavaScript
Verbosity.makeQuiet('quiet');
// @ts-expect-error: takes the enum
Pace.label('x');

// Plain data.
const extent: Extent = doubled_extent({ width: 1, height: 2 }) ?? { width: extent_area({ width: 1, height: 1 }), height: 1 };
const settings: Settings = same_settings({
  extent, pace, type: 1n, samples: new Float32Array(1), kind: 'small', nested: [[[1, undefined], undefined], [[1, 2], extent]],
});
const width: number | undefined = settings.lineWidth;
const aria: string | undefined = settings['aria-label'];
const spots: Spot[] = same_spots([[1, 2], [3, undefined]]);
const only: number = same_only(5);
const query: SearchQuery = same_query({ text: 'x' });
const folder: Folder = deepest({ name: 'a', folders: [{ name: 'b', folders: [] }] });
const samples: Samples = { left: new Float32Array(1), right: new Float32Array(1), gain: null };
const peaks: Levels = levels_of(samples);
const left: ReadOnlyBuffer<Float32Array> = peaks.left;
const peak: number | undefined = peaks.peak;
function surface(figure: Figure): number {
  switch (figure.type) {
    case 'fullCircle':
      return figure.radius * (figure.lineWidth ?? 1);
    case 'line':
      return figure.value[0] + figure.value[1];
    case 'maybe':
      return figure.value ?? 0;
    case 'group':
      return (figure.figures ?? []).map(surface).length;
    case 'a "text"':
      return figure.value.length;
    case 'nothing':
      return 0;
  }
}
const event: Event = next_event(code_of({ kind: 'Blur' }) ?? 1);
console.log(maybe, level, levels, both, asked, kept, each, label, later, parsed, named(pace), width, aria, spots, only, query, folder, left, peak,
  surface(same_figure({ type: 'group', figures: [{ type: 'nothing' }] })), event.kind === 'Key' ? event.code : 0);
// @ts-expect-error: a field is missing
extent_area({ width: 1 });
// @ts-expect-error: a field of another type
extent_area({ width: '1', height: 2 });
// @ts-expect-error: no such variant
same_figure({ type: 'square' });
// @ts-expect-error: the fields of another variant
same_figure({ type: 'fullCircle', value: 'x' });
// @ts-expect-error: neither 'small' nor 'large'
same_settings({ ...settings, kind: 'medium' });
// @ts-expect-error: another tag
code_of({ type: 'Blur' });
