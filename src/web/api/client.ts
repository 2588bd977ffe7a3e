import createClient from 'openapi-fetch'
import type { components, paths } from '../../../openapi/client.d.ts'
import type { Language } from '../words/use-words.ts'

/** The shapes of the service's answers, from its OpenAPI document. */
export type Schemas = components['schemas']
export type Answer = Schemas['DeterminationAnswer']
export type Determination = Schemas['Determination']
export type Subject = Schemas['Subject']
export type Reason = Schemas['Reason']
export type CitedClause = Schemas['CitedClause']
export type Fact = Schemas['Fact']
export type Programme = Schemas['ListedProgramme']
export type Question = Schemas['Question']
export type Problem = Schemas['Problem']
export type DeterminationRequest = Schemas['DeterminationRequest']

/** Who asks, so that nobody sees what another has asked; and the language of the answer. */
export interface Asking {
  readonly token: string
  readonly language: Language
}

let carried: { readonly header: string; readonly refused: () => void } | null = null

/**
 * From now on every call carries this token, for a service may be closed to all without one;
 * `refused` when the service takes it no longer.
 */
export function carryToken(token: string | null, refused: () => void): void {
  carried = token === null ? null : { header: `Bearer ${token}`, refused }
}

/** Sends a request with the token that is carried; a refusal of that token ends the session. */
export async function send(request: Request): Promise<Response> {
  if (carried !== null) request.headers.set('authorization', carried.header)
  const answer = await fetch(request)
  const isOurs = request.headers.get('authorization') === carried?.header
  if (answer.status === 401 && isOurs) carried?.refused()
  return answer
}

export const client = createClient<paths>({ fetch: send })

/** A fault that the service named, as a thrown error. */
export class ApiProblem extends Error {
  readonly problem: Problem

  constructor(problem: Problem) {
    super(problem.detail ?? problem.title)
    this.problem = problem
  }
}

/** What the service named as a fault; a plain error for what something before it answered. */
export function faultOf(body: unknown): Error {
  const isProblem = typeof body === 'object' && body !== null && 'code' in body
  return isProblem ? new ApiProblem(body as Problem) : new Error('not an answer of the service')
}

/** An answer that is good. Throws the fault of one that is not. */
export async function goodAnswer(answer: Response): Promise<Response> {
  if (answer.ok) return answer
  throw faultOf(await answer.json().catch(() => null))
}

/** The good answer of a call. Throws its fault, or the browser's error when the line is down. */
export async function good<T>(call: Promise<{ data?: T; error?: unknown }>): Promise<T> {
  const { data, error } = await call
  if (data !== undefined) return data
  throw faultOf(error)
}
