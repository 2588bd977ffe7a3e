import { defineDictionary } from '../engine/define-dictionary.js'
import type { Dictionary } from '../engine/fact-definition.js'
import { parseCondition } from '../engine/parse-condition.js'
import type { Rule } from '../engine/rule.js'
import type { RuleVersion } from '../model/rule-version.js'
import { checkClocks } from './check-clocks.js'
import { checkExpressions, computationsOf, derivationOf } from './check-expressions.js'
import { checkFacts } from './check-facts.js'
import { checkIds } from './check-ids.js'
import { checkQuotes } from './check-quotes.js'
import { checkReferences } from './check-references.js'
import { checkCommencements, citationsOf, latestCommencement } from './citations.js'
import { digestOf, factDigest, interpretationDigest } from './digest.js'
import { checkLocks } from './lock.js'
import { at, type Parts, partsOf, type Placed } from './parts.js'
import type { RulebookFile } from './read-layers.js'
import type { Defect, LoadedProgramme, LoadedReferral, LoadedVersion, Rulebook } from './rulebook.js'
import { publicationTime } from './survive.js'
import { typeRule } from './type-rule.js'

export interface AssembleOptions {
  /** Folder with the source documents: every quotation is looked up. */
  readonly sources?: string
  /** Whether versions that are not published yet take part. */
  readonly drafts?: boolean
}

/** The rulebook of these files, or every defect that keeps it from loading. */
export type Assembled =
  | { readonly kind: 'rulebook'; readonly rulebook: Rulebook }
  | { readonly kind: 'defects'; readonly defects: readonly Defect[] }

/** Types and checks the files of a rulebook; pure but for reading the source documents. */
export function assembleRulebook(files: readonly RulebookFile[], options: AssembleOptions = {}): Assembled {
  const defects: Defect[] = []
  const report = (defect: Defect) => defects.push(defect)
  const parts = partsOf(files, report)
  const unsound = checkFacts(parts)
  // What rests on a broken file, or on a fact without bounds, would only repeat the defect.
  if (parts.broken || unsound.length > 0) return { kind: 'defects', defects: [...defects, ...unsound] }
  const shared = shareMaps(parts)
  const dictionary = typeFacts(parts, report)
  const rules = typeRules(parts, dictionary, report)
  const referrals = typeReferrals(parts, dictionary, report)
  const quotes = options.sources === undefined ? undefined : checkQuotes(parts, options.sources)
  defects.push(
    ...checkIds(parts),
    ...checkReferences(parts),
    ...checkClocks(parts),
    ...checkCommencements(parts, dictionary, shared.clauses),
    ...checkLocks(parts, { dictionary, interpretations: shared.interpretations }),
    ...(quotes?.defects ?? []),
  )
  if (defects.length > 0) return { kind: 'defects', defects }
  const versions = rules.map((typed) => loadVersion(typed, dictionary, shared.clauses))
  const visible = versions.filter(({ publishedAt }) => options.drafts === true || publishedAt !== null)
  const book = {
    dictionary,
    facts: parts.facts.map(({ value }) => value),
    jurisdictions: byId(parts.jurisdictions, ({ code }) => code),
    programmes: programmesOf(parts, visible),
    ...shared,
    referrals,
    paragraphs: quotes?.paragraphs ?? new Map(),
  }
  return { kind: 'rulebook', rulebook: { digest: bookDigest(book, visible), ...book } }
}

type Shared = Pick<Rulebook, 'clauses' | 'documents' | 'interpretations'>

function shareMaps(parts: Parts): Shared {
  return {
    clauses: byId(parts.clauses, ({ id }) => id),
    documents: byId(parts.documents, ({ id }) => id),
    interpretations: byId(parts.interpretations, ({ id }) => id),
  }
}

function byId<T>(places: readonly Placed<T>[], idOf: (value: T) => string): ReadonlyMap<string, T> {
  const entries = places.map(({ value }): [string, T] => [idOf(value), value])
  return new Map(entries.sort(([a], [b]) => (a < b ? -1 : 1)))
}

type Report = (defect: Defect) => void

function typeFacts({ facts }: Parts, report: Report): Dictionary {
  const place = (index: number) => facts[index] as Parts['facts'][number]
  const values = facts.map(({ value }) => value)
  const dictionary = defineDictionary(values, (index, pointer, reason) => report(at(place(index), pointer, reason)))
  const check = checkExpressions(dictionary)
  facts.forEach((fact) => {
    const definition = dictionary.get(fact.value.id)
    if (definition !== undefined) check(derivationOf(definition), (pointer, reason) => report(at(fact, pointer, reason)))
  })
  return dictionary
}

interface TypedRule {
  readonly place: Placed<RuleVersion>
  readonly rule: Rule
}

function typeRules({ versions, programmes }: Parts, dictionary: Dictionary, report: Report): readonly TypedRule[] {
  const subjects = new Map(programmes.map(({ from, value }) => [from.folder, value.subject]))
  const check = checkExpressions(dictionary)
  return versions.flatMap((place) => {
    const subject = subjects.get(place.from.folder)
    if (subject === undefined) return []
    const here = (pointer: string, reason: string) => report(at(place, pointer, reason))
    const rule = typeRule(place.value, subject, dictionary, here)
    if (rule === undefined) return []
    for (const computation of computationsOf(rule)) check(computation, here)
    return [{ place, rule }]
  })
}

function typeReferrals({ clauses }: Parts, dictionary: Dictionary, report: Report): ReadonlyMap<string, LoadedReferral> {
  const referrals = clauses.flatMap((place): [string, LoadedReferral][] => {
    const clause = place.value
    if (clause.referral === undefined) return []
    const group = parseCondition(clause.referral.group, '', {
      fact: (id) => dictionary.get(id),
      parameters: {},
      member: clause.referral.subject === 'member',
      report: (pointer, reason) => report(at(place, `/referral/group${pointer}`, reason)),
    })
    return group === undefined ? [] : [[clause.id, { clause, group }]]
  })
  return new Map(referrals.sort(([a], [b]) => (a < b ? -1 : 1)))
}

function loadVersion({ place, rule }: TypedRule, dictionary: Dictionary, clauses: Rulebook['clauses']): LoadedVersion {
  const { json, file } = place.from
  const { publishedAt } = place.value
  return {
    rule,
    json,
    digest: digestOf(json),
    file,
    publishedAt: publishedAt === null ? null : new Date(publishedAt).toISOString(),
    notBefore: latestCommencement(citationsOf(json, dictionary), clauses),
  }
}

function programmesOf(parts: Parts, versions: readonly LoadedVersion[]): Rulebook['programmes'] {
  const jurisdictions = new Map(parts.jurisdictions.map(({ value }) => [value.slug, value]))
  const entries = parts.programmes.map(({ value, from }): [string, LoadedProgramme] => [
    value.id,
    {
      programme: value,
      jurisdiction: jurisdictions.get(from.folder.split('/')[0] as string) as LoadedProgramme['jurisdiction'],
      versions: versions.filter(({ rule }) => rule.version.programme === value.id).sort(oldestFirst),
      cases: parts.cases.filter((place) => place.from.folder === from.folder).map((place) => place.value),
    },
  ])
  return new Map(entries.sort(([a], [b]) => (a < b ? -1 : 1)))
}

function oldestFirst(a: LoadedVersion, b: LoadedVersion): number {
  const [start, other] = [a, b].map(({ rule }) => rule.version.validFrom ?? '') as [string, string]
  if (start !== other) return start < other ? -1 : 1
  return publicationTime(a.rule.version) - publicationTime(b.rule.version)
}

/** Digest of everything an answer can depend on. */
function bookDigest(book: Omit<Rulebook, 'digest'>, versions: readonly LoadedVersion[]): string {
  return digestOf({
    versions: Object.fromEntries(versions.map(({ rule, digest }) => [rule.id, digest])),
    facts: Object.fromEntries(book.facts.map((fact) => [fact.id, factDigest(fact)])),
    interpretations: Object.fromEntries([...book.interpretations].map(([id, value]) => [id, interpretationDigest(value)])),
    clauses: Object.fromEntries(book.clauses),
  })
}
