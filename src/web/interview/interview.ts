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
  /** Answers taken back, which stand there again when their question comes again. */
  readonly takenBack: readonly Asking[]
  readonly stopped: boolean
}

const memberOf = ({ subject }: Question) => (subject.kind === 'member' ? subject.id : null)

const isOf = (question: Question) => (asking: Asking) =>
  asking.fact === question.fact && asking.member === memberOf(question)

/** The first question that a citizen can answer and that was not skipped. */
export function nextQuestion(
  questions: readonly Question[],
  { askings }: Interview,
): Question | undefined {
  return questions.find(
    (question) => question.source === 'citizen' && !askings.some(isOf(question)),
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

/** The interview before its last question, whose answer is kept aside. */
export function wentBack(interview: Interview): Interview {
  const { askings, takenBack } = interview
  const last = askings.slice(-1)
  return {
    ...interview,
    askings: askings.slice(0, -1),
    takenBack: [...last, ...takenBack],
    stopped: false,
  }
}

/** What was answered to a question before it was taken back. */
export function takenBackAnswer(
  question: Question,
  { takenBack }: Interview,
): FactValue | undefined {
  return takenBack.find(isOf(question))?.value
}

/** JSON pointer of what a question asks for, in the request. */
export function pointerOf({ fact, subject }: Question): string {
  const name = fact.slice(subject.kind.length + 1)
  return subject.kind === 'household'
    ? `/household/${name}`
    : `/household/members/${indexOf(subject.id)}/${name}`
}

/** Members are m1, m2 and so on in the order of the request. */
const indexOf = (member: string) => Number(member.slice(1)) - 1

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
