import { NO_MEMBER } from '../engine/fact-values.js'
import type { Missing, MissingFact } from '../engine/missing.js'
import { leafState, type OpenOutcome, settledBy } from '../engine/next-question.js'
import type { Question } from '../model/determination.js'
import type { AnswerContext } from './answer-context.js'
import { type EvaluatedVersion, subjectOf } from './evaluated-versions.js'
import { sourceOf } from './source-of.js'
import { whyText } from './words.js'

/** A missing fact and the open outcomes it stands in. */
interface Candidate {
  readonly asked: MissingFact
  readonly programmes: Set<string>
  readonly outcomes: OpenOutcome[]
}

/** A candidate with how many of its outcomes an answer can settle. */
interface Ranked extends Candidate {
  readonly settles: number
}

/**
 * What to ask next: the missing facts of open outcomes, first the one whose answer can settle
 * most of them, then the one that stands in most, then citizens' facts before officials'.
 */
export function askQuestions(
  open: readonly { readonly evaluated: EvaluatedVersion; readonly missing: Missing }[],
  context: AnswerContext,
): Question[] {
  const candidates = new Map<string, Candidate>()
  for (const { evaluated, missing } of open) {
    if (missing.size === 0) continue
    const { planned, bytes, member } = evaluated
    const { root } = planned
    const outcome = { root, bytes, member, state: leafState(root, bytes) }
    for (const [key, asked] of missing) {
      const candidate = candidates.get(key) ?? { asked, programmes: new Set(), outcomes: [] }
      candidates.set(key, candidate)
      candidate.programmes.add(planned.version.rule.version.programme)
      candidate.outcomes.push(outcome)
    }
  }
  return [...candidates.values()]
    .map((one) => ({ ...one, settles: settledBy(one.asked, one.outcomes, context.facts) }))
    .sort(byUse)
    .map((candidate) => question(candidate, context))
}

function byUse(a: Ranked, b: Ranked): number {
  const official = (candidate: Ranked): number =>
    Number(sourceOf(candidate.asked.fact) === 'official')
  return (
    b.settles - a.settles ||
    b.outcomes.length - a.outcomes.length ||
    official(a) - official(b) ||
    a.asked.fact.order - b.asked.fact.order ||
    a.asked.member - b.asked.member
  )
}

function question({ asked, programmes }: Candidate, context: AnswerContext): Question {
  const { fact, member } = asked
  const { language, facts, rulebook, request } = context
  const decides = [...programmes].sort()
  const titles = decides.map(
    (id) => rulebook.programmes.get(id)?.programme.name[language] as string,
  )
  const codes = fact.codes === null || fact.type === 'boolean' ? undefined : fact.fact.values
  return {
    fact: fact.id,
    subject: subjectOf(facts.household, fact.entity === 'household' ? NO_MEMBER : member),
    source: sourceOf(fact),
    type: fact.type,
    ...(codes !== undefined && {
      values: Object.fromEntries(
        Object.entries(codes).map(([code, words]) => [code, words[language]]),
      ),
    }),
    ...(fact.unit !== null && { unit: fact.unit }),
    ...(request.detail === 'full' && {
      text: fact.fact.question[language],
      why: whyText(titles, language),
    }),
    decides,
  }
}
