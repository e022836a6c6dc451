import { readdirSync, readFileSync } from 'node:fs';
import { FluentBundle, type FluentFunction, FluentNone, FluentNumber, FluentResource } from '@fluent/bundle';
import { escapeMarkup } from './markup.ts';
import { METER_ZONES, type MeterZone, serviceName, zoneName } from '../domain/meter-scale.ts';
import { formatMoney, formatRoubles } from '../domain/money.ts';
import { type TextArgs, yesOrNo } from '../domain/text-args.ts';
import { unbroken } from '../domain/unbroken.ts';
import { formatPeriod, formatPeriodOf, parsePeriod, type Period } from '../domain/period.ts';
import { createFormats, type Formats } from './formats.ts';

export type { Phrase, TextArgs } from '../domain/text-args.ts';

export type Texts = {
  /**
   * Puts a text into words. With `marked`, the words are escaped, as `markup.ts` says; tags of the text itself stand either way.
   * Throws an error that names the text and what is missing (never a value) when there is no such text or a word is wanting.
   */
  text: (name: string, words?: TextArgs, options?: { marked?: boolean }) => string;
  has: (name: string) => boolean;
};

/** `meterZones`: what zones of meters are called on their display. */
export type TextOptions = { timeZone: string; clock: () => Date; meterZones?: readonly MeterZone[] };

const FOLDER = new URL('./ru/', import.meta.url);

type ParsedFile = { file: string; resource: FluentResource };

/** The house's own texts do not change while a process runs: they are read and parsed once in it. */
let own: readonly ParsedFile[] | undefined;

/** Reads every `ru/*.ftl` at once, so that a slip in a text stops the start and not a resident. */
export function loadTexts(options: TextOptions, folder?: URL): Texts {
  const bundle = new FluentBundle('ru', {
    useIsolating: false,
    functions: createFunctions(createFormats(options.timeZone, options.clock), options.meterZones ?? METER_ZONES),
  });
  for (const { file, resource } of folder ? parseFolder(folder) : (own ??= parseFolder(FOLDER))) {
    const [twice] = bundle.addResource(resource);
    if (twice) throw new Error(`src/texts/ru/${file}: ${twice.message}`);
  }

  const text: Texts['text'] = (name, words = {}, { marked = false } = {}) => {
    const pattern = bundle.getMessage(name)?.value;
    if (!pattern) throw new Error(`There is no text «${name}» in src/texts/ru`);
    const inserted = Object.entries(words).map(([place, word]) => {
      if (typeof word === 'number') return [place, word];
      if (typeof word === 'boolean') return [place, yesOrNo(word)];
      if (typeof word === 'string') return [place, marked ? escapeMarkup(word) : word];
      return [place, word.map((phrase) => text(phrase.text, phrase.words, { marked })).join('\n')];
    });
    const slips: Error[] = [];
    const said = bundle.formatPattern(pattern, Object.fromEntries(inserted), slips);
    if (slips.length > 0) throw new Error(`Text «${name}»: ${slips.map((slip) => slip.message).join('; ')}`);
    // A placeable that came out empty leaves its line behind.
    return unbroken(said)
      .replace(/[ \t]+$/gm, '')
      .replace(/\n{3,}/g, '\n\n')
      .trim();
  };
  return { text, has: (name) => bundle.hasMessage(name) };
}

function parseFolder(folder: URL): ParsedFile[] {
  const files = readdirSync(folder).filter((file) => file.endsWith('.ftl'));
  return files.sort().map((file) => ({ file, resource: parseFile(file, readFileSync(new URL(file, folder), 'utf8')) }));
}

/** The parser of @fluent/bundle drops what it does not understand without a word; here it is an error. */
function parseFile(file: string, source: string): FluentResource {
  const resource = new FluentResource(source);
  const parsed = new Set(resource.body.map((entry) => entry.id));
  source.split('\n').forEach((line, index) => {
    const name = /^(-?[a-zA-Z][\w-]*)\s*=/.exec(line)?.[1];
    if (name ? parsed.has(name) : /^(\s|#|\}|$)/.test(line)) return;
    throw new Error(`src/texts/ru/${file}:${index + 1}: ${name ? `«${name}»` : 'this line'} is not Fluent`);
  });
  return resource;
}

function createFunctions(formats: Formats, meterZones: readonly MeterZone[]): Record<string, FluentFunction> {
  const takes = (kind: string, format: (value: string | number) => string | undefined): FluentFunction => {
    return ([value]) => {
      // The missing word is reported already.
      if (value instanceof FluentNone) return value;
      const bare = value instanceof FluentNumber ? value.value : value;
      const said = typeof bare === 'string' || typeof bare === 'number' ? format(bare) : undefined;
      if (said === undefined) throw new TypeError(`${kind}() was given something else`);
      return said;
    };
  };
  return {
    MONEY: takes('MONEY', (value) => (Number.isSafeInteger(value) ? formatMoney(Number(value)) : undefined)),
    // A sum that is an estimate: kopecks would claim too much.
    ROUBLES: takes('ROUBLES', (value) => (Number.isSafeInteger(value) ? formatRoubles(Number(value)) : undefined)),
    DATE: takes('DATE', (value) => formats.date(String(value))),
    FULLDATE: takes('FULLDATE', (value) => formats.fullDate(String(value))),
    TIME: takes('TIME', (value) => formats.time(String(value))),
    UNTIL: takes('UNTIL', (value) => formats.until(String(value))),
    // A name that is written in figures: thousands are not grouped, so that it can be copied and typed.
    NO: takes('NO', (value) => String(value)),
    ZONE: takes('ZONE', (value) => zoneName(String(value), meterZones)),
    SERVICE: takes('SERVICE', (value) => serviceName(String(value), meterZones)),
    PERIOD: takes('PERIOD', ofPeriod(formatPeriod)),
    // At the head of what is about it.
    MONTH: takes(
      'MONTH',
      ofPeriod((period) => formatPeriod(period).replace(/^./u, (letter) => letter.toUpperCase())),
    ),
    // `с января 2026 года`.
    MONTH_OF: takes('MONTH_OF', ofPeriod(formatPeriodOf)),
  };
}

function ofPeriod(format: (period: Period) => string): (value: string | number) => string | undefined {
  return (value) => {
    const period = parsePeriod(String(value));
    return period && format(period);
  };
}
