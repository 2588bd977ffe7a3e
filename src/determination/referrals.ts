import { YES } from '../engine/bounds.js'
import { NO_MEMBER } from '../engine/fact-values.js'
import type { DeterminationAnswer } from '../model/determination.js'
import type { Words } from '../model/language.js'
import type { AnswerContext } from './answer-context.js'
import { subjectOf } from './evaluated-versions.js'
import type { Plan, SubjectPlan } from './plan.js'
import type { Readings } from './read-compiled.js'

type Referral = DeterminationAnswer['referrals'][number]

/** Discretionary clauses whose named group the household, or a member, certainly belongs to. */
export function findReferrals(plan: Plan, readings: Readings, context: AnswerContext): Referral[] {
  const of = ({ referrals }: SubjectPlan, bytes: Uint8Array, member: number): Referral[] =>
    referrals
      .filter(({ root }) => bytes[root.byte] === YES)
      .map(({ referral: { clause } }) => ({
        clause: clause.id,
        title: clause.title[context.language],
        reason: (clause.why as Words)[context.language],
        subject: subjectOf(context.facts.household, member),
      }))
  const all = [
    ...of(plan.household, readings.household, NO_MEMBER),
    ...readings.members.flatMap((bytes, member) => of(plan.member, bytes, member)),
  ]
  return all.sort((a, b) => Number(a.clause > b.clause) - Number(a.clause < b.clause))
}
