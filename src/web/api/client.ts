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

/** Who asks, and the language in which faults are worded. */
export interface Asking {
  readonly token: string
  readonly language: Language
}

export const client = createClient<paths>()

let carried: { readonly header: string; readonly refused: () => void } | null = null

/**
 * From now on every call of `client` carries this token, for a service may be closed to all
 * without one; `refused` when the service takes it no longer.
 */
export function carryToken(token: string | null, refused: () => void): void {
  carried = token === null ? null : { header: `Bearer ${token}`, refused }
}

client.use({
  onRequest: ({ request }) => {
    if (carried !== null) request.headers.set('authorization', carried.header)
  },
  onResponse: ({ request, response }) =>
    noteRefusal(response, request.headers.get('authorization')),
})

/** Ends the session when the service took its token no longer; for calls beside `client`, too. */
export function noteRefusal(response: Response, authorization: string | null): void {
  if (response.status === 401 && authorization === carried?.header) carried?.refused()
}

/** A fault that the service named, as a thrown error. */
export class ApiProblem extends Error {
  readonly problem: Problem

  constructor(problem: Problem) {
    super(problem.detail ?? problem.title)
    this.problem = problem
  }
}

/** The good answer of a call. Throws ApiProblem, or the browser's error when the line is down. */
export async function good<T>(call: Promise<{ data?: T; error?: unknown }>): Promise<T> {
  const { data, error } = await call
  if (data !== undefined) return data
  throw new ApiProblem(error as Problem)
}
