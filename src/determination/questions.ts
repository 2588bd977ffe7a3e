import { NO_MEMBER } from '../engine/fact-values.js'
import { type MissingFact, missingFacts } from '../engine/missing.js'
import { canSettle, type OpenOutcome } from '../engine/next-question.js'
import type { Question } from '../model/determination.js'
import {
  type AnswerContext,
  type EvaluatedVersion,
  sourceOf,
  subjectOf,
} from './build-determination.js'
import { whyText } from './words.js'

/** A missing fact with the open outcomes it stands in and how many of them an answer can settle. */
interface Candidate {
  readonly asked: MissingFact
  readonly programmes: Set<string>
  open: number
  settles: number
}

/**
 * What to ask next: the missing facts of open outcomes, first the one whose answer can settle
 * most of them, then the one that stands in most, then citizens' facts before officials'.
 */
export function askQuestions(
  open: readonly EvaluatedVersion[],
  context: AnswerContext,
): Question[] {
  const candidates = new Map<string, Candidate>()
  for (const { planned, bytes, member } of open) {
    const outcome: OpenOutcome = { root: planned.root, bytes, member }
    for (const [key, asked] of missingFacts(planned.root, bytes, context.facts, member)) {
      const candidate = candidates.get(key) ?? { asked, programmes: new Set(), open: 0, settles: 0 }
      candidates.set(key, candidate)
      candidate.programmes.add(planned.version.rule.version.programme)
      candidate.open += 1
      candidate.settles += Number(canSettle(outcome, asked, context.facts))
    }
  }
  return [...candidates.values()].sort(byUse).map((candidate) => question(candidate, context))
}

function byUse(a: Candidate, b: Candidate): number {
  const official = (candidate: Candidate): number =>
    Number(sourceOf(candidate.asked.fact) === 'official')
  return (
    b.settles - a.settles ||
    b.open - a.open ||
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
    subject: subjectOf(facts, fact.entity === 'household' ? NO_MEMBER : member),
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
