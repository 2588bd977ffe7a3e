import { dirname, join, relative, sep } from 'node:path'
import { isObject } from '../engine/typing.js'
import type { RuleVersion } from '../model/rule-version.js'
import { type ExplainedField, explainFields } from './explain-fields.js'
import { formatJson } from './format-json.js'
import type { Write } from './publish.js'
import type { FileKind, RulebookFile } from './read-layers.js'

/** What to start: a version of a programme from a day on, below a folder of rules. */
export interface Draft {
  readonly programme: string
  /** YYYY-MM-DD, or null where the text does not say since when. */
  readonly validFrom: string | null
  readonly rules: string
  /** The folder of the JSON Schemas for editors. */
  readonly schemas: string
}

/** The files to write and what is left to fill in. */
export interface Scaffold {
  /** Whether the programme has no version yet. */
  readonly isNew: boolean
  readonly writes: readonly Write[]
  readonly fill: readonly string[]
  /** Every field of the files to write, as their schemas explain it. */
  readonly fields: readonly ScaffoldedFile[]
}

/** A file that a scaffold writes, and what each of its fields means. */
export interface ScaffoldedFile {
  readonly path: string
  readonly fields: readonly ExplainedField[]
}

/** Stands where an author has to write; `rules check` names every one that is left. */
const FILL = 'fill-in'
const WORDS = { zh: '', en: '' }

/**
 * A draft: for a known programme a copy of its newest version (a correction if a published one
 * starts that day already), for a new one every file it needs, with every field.
 */
export function scaffold(files: readonly RulebookFile[], draft: Draft): Scaffold {
  const versions = files.filter(
    ({ kind, folder, json }) => kind === 'version' && folder === draft.programme && isObject(json),
  )
  const newest = versions.map(({ json }) => json as RuleVersion).sort(newestFirst)[0]
  return newest === undefined ? newProgramme(files, draft) : nextVersion(versions, newest, draft)
}

function newestFirst(a: RuleVersion, b: RuleVersion): number {
  return `${b.validFrom ?? ''} ${b.publishedAt}` < `${a.validFrom ?? ''} ${a.publishedAt}` ? -1 : 1
}

function nextVersion(
  versions: readonly RulebookFile[],
  newest: RuleVersion,
  { programme, validFrom, rules, schemas }: Draft,
): Scaffold {
  const start = validFrom ?? 'undated'
  // A draft is edited, not corrected: its own file is the one to write, and it stands already.
  const same = versions
    .filter(({ json }) => (json as RuleVersion).publishedAt !== null)
    .map(({ name }) => name)
    .filter((name) => name === start || name.startsWith(`${start}.`))
  const mistaken = same.sort((a, b) => number(a) - number(b)).at(-1)
  const version = mistaken === undefined ? start : `${start}.${number(mistaken) + 1}`
  const base =
    (versions.find(({ name }) => name === mistaken)?.json as RuleVersion | undefined) ?? newest
  const standing = versions.find(({ name }) => name === version)
  const path = standing?.path ?? join(rules, programme, `${version}.json`)
  const json = {
    $schema: schemaFor('version', path, schemas),
    ...base,
    version,
    validFrom,
    publishedAt: null,
    supersedes: mistaken ?? null,
    ...(mistaken === undefined && { validTo: null, reviewBy: null }),
  }
  const figures = Object.entries(base.parameters).map(
    ([name, { value, unit, clause }]) => `${name} = ${value} ${unit} (${clause})`,
  )
  return {
    isNew: false,
    writes: [{ path, text: formatJson(json) }],
    fields: [explained('version', path)],
    fill: [
      `clauses: those that confer from ${start} on (now ${base.clauses.join(', ')})`,
      ...figures.map((figure) => `parameter ${figure}: the new figure and its clause`),
      'conditions and entitlement: the clauses they cite, and what else the text changes',
      'reviewBy, validTo and interpretations, as the text has them',
      `cases.json: at least one case on each side of the new figure, with asOf from ${start} on`,
    ],
  }
}

/** 1 of 2020-03-06, 2 of 2020-03-06.2. */
function number(name: string): number {
  return Number(name.split('.')[1] ?? 1)
}

function newProgramme(
  files: readonly RulebookFile[],
  { programme, validFrom, rules, schemas }: Draft,
): Scaffold {
  const city = programme.split('/')[0] as string
  const known = files.some(({ kind, folder }) => kind === 'jurisdiction' && folder === city)
  const start = validFrom ?? 'undated'
  const all: readonly (readonly [FileKind, string, object])[] = [
    ['jurisdiction', `${city}/jurisdiction.json`, { slug: city, code: '', name: WORDS }],
    [
      'programme',
      `${programme}/programme.json`,
      { id: programme, name: WORDS, subject: 'household', grants: WORDS },
    ],
    ['version', `${programme}/${start}.json`, emptyVersion(programme, validFrom)],
    ['cases', `${programme}/cases.json`, { cases: [emptyCase(start)] }],
  ]
  const wanted = all.filter(([kind]) => kind !== 'jurisdiction' || !known)
  return {
    isNew: true,
    writes: wanted.map(([kind, below, json]) => {
      const path = join(rules, below)
      return { path, text: formatJson({ $schema: schemaFor(kind, path, schemas), ...json }) }
    }),
    fields: wanted.map(([kind, below]) => explained(kind, join(rules, below))),
    fill: [
      ...(known ? [] : [`${city}/jurisdiction.json: the GB/T 2260 code and both names`]),
      'programme.json: both names, subject household or member, what it grants',
      `${start}.json: clauses, parameters, conditions (a clause or an interpretation for each), entitlement`,
      'cases.json: both sides of every figure, date and age; each fact unknown once',
    ],
  }
}

/** The schema of a kind of file, as a path from the file. */
function schemaFor(kind: FileKind, path: string, schemas: string): string {
  return relative(dirname(path), join(schemas, `${kind}.json`))
    .split(sep)
    .join('/')
}

function explained(kind: FileKind, path: string): ScaffoldedFile {
  return { path, fields: explainFields(kind) }
}

function emptyVersion(programme: string, validFrom: string | null): object {
  return {
    programme,
    version: validFrom ?? 'undated',
    validFrom,
    validTo: null,
    publishedAt: null,
    supersedes: null,
    reviewBy: null,
    publishedBy: 'encoder-1',
    reviewedBy: 'reader-1',
    clauses: [FILL],
    parameters: { standard: { value: 0, unit: 'CNY/month', clause: FILL } },
    conditions: {
      all: [
        { fact: FILL, operator: 'lessThan', value: { fact: 'parameter.standard' }, clause: FILL },
      ],
    },
    entitlement: { kind: 'cash', amount: null, unit: 'CNY/month', bound: 'exact', clause: FILL },
    interpretations: [],
  }
}

function emptyCase(start: string): unknown {
  const expect = { outcome: 'eligible', clauses: [FILL], missing: [], amount: null }
  return {
    name: '',
    asOf: start === 'undated' ? '' : start,
    household: { members: [{ id: 'm1' }] },
    expect,
  }
}
