import type { Clause, Interpretation, SourceDocument } from '../model/clause.js'
import type { CitedClause, Determination, DeterminationAnswer } from '../model/determination.js'
import type { Rulebook } from '../rulebook/rulebook.js'
import type { AnswerContext } from './answer-context.js'
import { conflictsNamedBy } from './conflicts.js'
import { onceFor } from './once-for.js'
import { conflictsWith, warningText } from './words.js'

/** Every clause that the answer cites, by id, in order. */
export function citedClauses(
  determinations: readonly Determination[],
  referrals: DeterminationAnswer['referrals'],
  context: AnswerContext,
): Record<string, CitedClause> {
  const ids = new Set(referrals.map(({ clause }) => clause))
  for (const determination of determinations) {
    const { clauses, reasons } = determination
    for (const id of clauses) ids.add(id)
    for (const reason of reasons) for (const id of reason.clauses) ids.add(id)
    for (const { loaded } of conflictsNamedBy(determination, context.rulebook)) {
      ids.add(loaded.conflict.clause)
    }
  }
  return Object.fromEntries([...ids].sort().map((id) => [id, citeOnce(id, context)]))
}

const citedOf = onceFor((_: Rulebook) => new Map<string, CitedClause>())

function citeOnce(id: string, context: AnswerContext): CitedClause {
  const cited = citedOf(context.rulebook)
  const key = `${id} ${context.language} ${context.request.detail}`
  const clause = cited.get(key) ?? citeClause(id, context)
  cited.set(key, clause)
  return clause
}

/** One clause as cited, with its paragraph when the source documents are at hand. */
function citeClause(id: string, { rulebook, language, request }: AnswerContext): CitedClause {
  const clause = rulebook.clauses.get(id) as Clause
  const document = rulebook.documents.get(clause.document) as SourceDocument
  const paragraph = rulebook.paragraphs.get(id)
  const full = request.detail === 'full'
  return {
    document: clause.document,
    title: document.title[language],
    number: document.number,
    locator: clause.locator,
    quote: clause.quote,
    ...(full && { text: clause.text[language] }),
    origin: clause.origin,
    evidence: clause.evidence,
    ...(full && paragraph !== undefined && { paragraph }),
  }
}

/** Every interpretation that the answer names, in words; empty in a summary. */
export function interpretationTexts(
  determinations: readonly Determination[],
  { rulebook, request, language }: AnswerContext,
): Record<string, string> {
  if (request.detail === 'summary') return {}
  const ids = [
    ...new Set(determinations.flatMap((determination) => determination.interpretations)),
  ].sort()
  return Object.fromEntries(
    ids.map((id) => [id, (rulebook.interpretations.get(id) as Interpretation)[language]]),
  )
}

/** Every warning that the answer gives, in words; empty in a summary. */
export function warningTexts(
  determinations: readonly Determination[],
  { rulebook, request, language }: AnswerContext,
): Record<string, string> {
  if (request.detail === 'summary') return {}
  const codes = [...new Set(determinations.flatMap(({ warnings }) => warnings))].sort()
  const title = (id: string) => rulebook.programmes.get(id)?.programme.name[language] ?? id
  const named = determinations.flatMap((one) => conflictsNamedBy(one, rulebook))
  const whys = (code: string) => [
    ...new Set(
      named
        .filter(({ other }) => conflictsWith(other) === code)
        .map(({ loaded }) => loaded.conflict.why[language]),
    ),
  ]
  return Object.fromEntries(
    codes.map((code) => [code, warningText(code, title, whys(code), language)]),
  )
}
