import type { DeterminationRequest, Fact, Question } from '../api/client.ts'
import type { Asked, FactValue, Person } from '../household/asked.tsx'
import { toRequest } from '../household/to-request.ts'

/** One question as it was put, and its answer; undefined: skipped. */
export interface Asking {
  readonly fact: string
  readonly member: string | null
  readonly value: FactValue | undefined
}

/** A citizen's interview: where, when, how many people, and everything asked so far. */
export interface Interview {
  readonly jurisdiction: string
  readonly asOf: string
  readonly people: number
  readonly askings: readonly Asking[]
  readonly stopped: boolean
}

const memberOf = ({ subject }: Question) => (subject.kind === 'member' ? subject.id : null)

/** The first question that a citizen can answer and that was not skipped. */
export function nextQuestion(
  questions: readonly Question[],
  { askings }: Interview,
): Question | undefined {
  return questions.find(
    (question) =>
      question.source === 'citizen' &&
      !askings.some(({ fact, member }) => fact === question.fact && member === memberOf(question)),
  )
}

/** The interview with one more question answered or skipped. */
export function answered(
  interview: Interview,
  question: Question,
  value: FactValue | undefined,
): Interview {
  const asking = { fact: question.fact, member: memberOf(question), value }
  return { ...interview, askings: [...interview.askings, asking] }
}

/** What is known so far, as the form holds it. */
export function askedOf({ jurisdiction, asOf, people, askings }: Interview): Asked {
  const of = (entity: string, member: string | null) =>
    Object.fromEntries(
      askings
        .filter((one) => one.member === member && one.value !== undefined)
        .map(({ fact, value }) => [fact.slice(entity.length + 1), value]),
    )
  const members: Person[] = Array.from({ length: people }, (_, index) => {
    const id = `m${index + 1}`
    return { id, called: '', facts: of('member', id) }
  })
  return { jurisdiction, asOf, programmes: null, facts: of('household', null), members }
}

/** The request of what is known so far. */
export function requestOf(interview: Interview, facts: readonly Fact[]): DeterminationRequest {
  return toRequest(askedOf(interview), facts)
}
