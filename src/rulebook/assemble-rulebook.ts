import { checkClocks } from './check-clocks.js'
import { checkCodes } from './check-codes.js'
import { checkFacts } from './check-facts.js'
import { checkIds } from './check-ids.js'
import { checkLists } from './check-lists.js'
import { checkLocks } from './check-locks.js'
import { checkQuotes } from './check-quotes.js'
import { checkReferences } from './check-references.js'
import { checkCommencements } from './citations.js'
import { inOrder } from './in-order.js'
import { bookDigest, loadVersion, programmesOf } from './load-programmes.js'
import { type Parts, type Placed, partsOf } from './parts.js'
import type { RulebookFile } from './read-layers.js'
import type { Defect, Rulebook } from './rulebook.js'
import { typeConflicts, typeFacts, typeReferrals, typeRules } from './type-parts.js'

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
export function assembleRulebook(
  files: readonly RulebookFile[],
  options: AssembleOptions = {},
): Assembled {
  const defects: Defect[] = []
  const report = (defect: Defect) => defects.push(defect)
  const parts = partsOf(files, report)
  const unsound = checkFacts(parts)
  // What rests on a broken file, or on a fact without bounds, would only repeat the defect.
  if (parts.broken || unsound.length > 0)
    return { kind: 'defects', defects: [...defects, ...unsound] }
  const shared = shareMaps(parts)
  const dictionary = typeFacts(parts, report)
  const rules = typeRules(parts, dictionary, report)
  const referrals = typeReferrals(parts, dictionary, report)
  const conflicts = typeConflicts(parts, dictionary, report)
  const quotes = options.sources === undefined ? undefined : checkQuotes(parts, options.sources)
  defects.push(
    ...checkIds(parts),
    ...checkCodes(parts, rules, referrals),
    ...checkReferences(parts),
    ...checkLists(parts),
    ...checkClocks(parts),
    ...checkCommencements(parts, dictionary, shared.clauses),
    ...checkLocks(parts, { dictionary, interpretations: shared.interpretations }),
    ...(quotes?.defects ?? []),
  )
  if (defects.length > 0) return { kind: 'defects', defects }
  const versions = rules.map((typed) => loadVersion(typed, dictionary, shared.clauses))
  const visible = versions.filter(
    ({ publishedAt }) => options.drafts === true || publishedAt !== null,
  )
  const book = {
    dictionary,
    facts: parts.facts.map(({ value }) => value),
    jurisdictions: byId(parts.jurisdictions, ({ code }) => code),
    programmes: programmesOf(parts, visible),
    ...shared,
    referrals,
    conflicts,
    waivers: parts.waivers.map(({ value }) => value),
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
  return new Map(entries.sort(([a], [b]) => inOrder(a, b)))
}
