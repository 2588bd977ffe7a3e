import type { Case, EquivalentMutant } from '../model/case.js'
import type { Clause, Interpretation, SourceDocument } from '../model/clause.js'
import type { Conflict } from '../model/conflict.js'
import type { Fact } from '../model/fact.js'
import type { LintWaiver } from '../model/lint-waiver.js'
import type { Jurisdiction, Programme } from '../model/programme.js'
import type { RuleVersion } from '../model/rule-version.js'
import { type LockFile, READ_FORMATS } from './file-formats.js'
import { parseFile } from './parse-file.js'
import type { FileKind, RulebookFile } from './read-layers.js'
import type { Defect } from './rulebook.js'

/** A value and where it stands: for messages that name file and pointer. */
export interface Placed<T> {
  readonly value: T
  readonly from: RulebookFile
  /** Pointer of the value in its file. */
  readonly pointer: string
}

/** Everything in the files of all layers, in its format, before anything is checked. */
export interface Parts {
  readonly jurisdictions: readonly Placed<Jurisdiction>[]
  readonly programmes: readonly Placed<Programme>[]
  readonly versions: readonly Placed<RuleVersion>[]
  readonly cases: readonly Placed<Case>[]
  readonly equivalentMutants: readonly Placed<EquivalentMutant>[]
  readonly facts: readonly Placed<Fact>[]
  readonly interpretations: readonly Placed<Interpretation>[]
  readonly conflicts: readonly Placed<Conflict>[]
  readonly waivers: readonly Placed<LintWaiver>[]
  readonly clauses: readonly Placed<Clause>[]
  readonly documents: readonly Placed<SourceDocument>[]
  readonly locks: readonly Placed<LockFile>[]
  readonly files: readonly RulebookFile[]
  /** Whether a file that others rest on could not be read. */
  readonly broken: boolean
}

/** Files that the rest of a rulebook refers to. */
const SHARED: readonly FileKind[] = ['facts', 'interpretations', 'clauses', 'documents']

/** Reads every file in its format; what does not fit goes to `report`. */
export function partsOf(files: readonly RulebookFile[], report: (defect: Defect) => void): Parts {
  let broken = false
  const parse = (from: RulebookFile) => {
    const { kind, json } = from
    const value = json === undefined ? undefined : parseFile(from, READ_FORMATS[kind], report)
    if (value === undefined && SHARED.includes(kind)) broken = true
    return value === undefined ? [] : [{ value, from, pointer: '' }]
  }
  // A file may hold several lists: it is parsed once, so that its defects are named once.
  const parsed = files.map((from) => ({ kind: from.kind, places: parse(from) }))
  const whole = (wanted: FileKind): Placed<unknown>[] =>
    parsed.flatMap(({ kind, places }) => (kind === wanted ? places : []))
  const items = <T>(kind: FileKind, key: string): Placed<T>[] =>
    whole(kind).flatMap(({ value, from }) =>
      (((value as Record<string, unknown>)[key] ?? []) as T[]).map((item, index) => ({
        value: item,
        from,
        pointer: `/${key}/${index}`,
      })),
    )
  const parts = {
    jurisdictions: whole('jurisdiction') as Placed<Jurisdiction>[],
    programmes: whole('programme') as Placed<Programme>[],
    // Conditions and expressions are still any JSON: `parseRule` types them.
    versions: whole('version') as Placed<RuleVersion>[],
    cases: items<Case>('cases', 'cases'),
    equivalentMutants: items<EquivalentMutant>('cases', 'equivalentMutants'),
    facts: items<Fact>('facts', 'facts'),
    interpretations: items<Interpretation>('interpretations', 'interpretations'),
    conflicts: items<Conflict>('conflicts', 'conflicts'),
    waivers: items<LintWaiver>('lint-waivers', 'waivers'),
    clauses: items<Clause>('clauses', 'clauses'),
    documents: items<SourceDocument>('documents', 'documents'),
    locks: whole('lock') as Placed<LockFile>[],
    files,
  }
  return { ...parts, broken }
}

/** A defect at a place, or below it. */
export function at(place: Placed<unknown>, below: string, reason: string): Defect {
  return { file: place.from.file, pointer: place.pointer + below, reason }
}

/** Id of the rule version a file holds, by its place: `dongguan/minimum-living@2020-03-06`. */
export function versionIdOf(file: RulebookFile): string {
  return `${file.folder}@${file.name}`
}
