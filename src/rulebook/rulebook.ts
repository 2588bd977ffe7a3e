import type { Dictionary } from '../engine/fact-definition.js'
import type { Rule } from '../engine/rule.js'
import type { Case, EquivalentMutant } from '../model/case.js'
import type { Clause, Interpretation, SourceDocument } from '../model/clause.js'
import type { Conflict } from '../model/conflict.js'
import type { Fact } from '../model/fact.js'
import type { LintWaiver } from '../model/lint-waiver.js'
import type { Jurisdiction, Programme } from '../model/programme.js'

/** One rule version as loaded. */
export interface LoadedVersion {
  readonly rule: Rule
  /** The file's JSON, as published. */
  readonly json: unknown
  /** `sha256:…` of its RFC 8785 form. */
  readonly digest: string
  readonly file: string
  /** When it becomes visible, as an ISO instant with milliseconds; null for a draft. */
  readonly publishedAt: string | null
  /** The latest stated commencement among the clauses it cites: before it, it is not in force. */
  readonly notBefore: string | null
}

/** A programme with all its versions, oldest first. */
export interface LoadedProgramme {
  readonly programme: Programme
  readonly jurisdiction: Jurisdiction
  readonly versions: readonly LoadedVersion[]
  readonly cases: readonly Case[]
  readonly equivalentMutants: readonly EquivalentMutant[]
}

/** Everything loaded and checked; immutable. Maps are in the order of their ids. */
export interface Rulebook {
  readonly digest: string
  readonly dictionary: Dictionary
  readonly facts: readonly Fact[]
  /** By GB/T 2260 code. */
  readonly jurisdictions: ReadonlyMap<string, Jurisdiction>
  readonly programmes: ReadonlyMap<string, LoadedProgramme>
  readonly documents: ReadonlyMap<string, SourceDocument>
  readonly clauses: ReadonlyMap<string, Clause>
  readonly interpretations: ReadonlyMap<string, Interpretation>
  /** Pairs of programmes that exclude each other, in the order of the files. */
  readonly conflicts: readonly LoadedConflict[]
  /** Findings of the lints that were accepted. */
  readonly waivers: readonly LintWaiver[]
  /** Typed groups of the clauses that refer, by clause id. */
  readonly referrals: ReadonlyMap<string, LoadedReferral>
  /** The paragraph a quotation stands in, by clause id; empty without SOURCES_DIR. */
  readonly paragraphs: ReadonlyMap<string, string>
}

export interface LoadedReferral {
  readonly clause: Clause
  readonly group: Rule['conditions']
}

/** A conflict with its condition typed; null: it concerns everybody. */
export interface LoadedConflict {
  readonly conflict: Conflict
  readonly when: Rule['conditions'] | null
}

/** A defect of a rulebook: where and why. */
export interface Defect {
  readonly file: string
  readonly pointer: string
  readonly reason: string
}

/** One line for one defect: `file pointer: reason`. */
export function defectLine({ file, pointer, reason }: Defect): string {
  return `${[file, pointer].filter(Boolean).join(' ')}: ${reason}`
}

/** A rulebook that does not load; the message lists every defect on a line of its own. */
export class RulebookDefects extends Error {
  readonly defects: readonly Defect[]

  constructor(defects: readonly Defect[]) {
    super(defects.map(defectLine).join('\n'))
    this.name = 'RulebookDefects'
    this.defects = defects
  }
}
