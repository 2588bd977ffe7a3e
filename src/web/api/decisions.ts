import type { DeterminationRequest, Problem, Subject } from './client.ts'
import { ApiProblem } from './client.ts'

/** A recorded decision, as far as the pages show it. */
export interface Decision {
  readonly id: string
  readonly recordedAt: string
  readonly caseReference: string
  readonly receipt: {
    readonly leafHash: string
    readonly signature: string
    readonly keyId: string
  }
}

export interface DecisionRequest extends DeterminationRequest {
  readonly caseReference: string
  readonly purpose: string
  readonly legalBasis?: string
}

export interface ReviewRequest {
  readonly programme: string
  readonly subject: Subject
  readonly outcome: string
  readonly reason: string
}

/** Whether a key opens anything here: `absent` where the service records no decisions. */
export async function checkKey(key: string): Promise<'good' | 'refused' | 'absent' | 'failed'> {
  const headers = { authorization: `Bearer ${key}` }
  const answer = await fetch('/v1/decisions?limit=1', { headers }).catch(() => null)
  if (answer === null || answer.status >= 500) return 'failed'
  if (answer.status === 404) return 'absent'
  // 403: a good key without the right to read decisions.
  return answer.ok || answer.status === 403 ? 'good' : 'refused'
}

/** Records a decision once: the same `idempotencyKey` never makes a second one. */
export function recordDecision(token: string, request: DecisionRequest, idempotencyKey: string) {
  return send<Decision>(token, '/v1/decisions', request, { 'idempotency-key': idempotencyKey })
}

/** Appends a person's confirmation or override to a decision. */
export function reviewDecision(token: string, id: string, request: ReviewRequest) {
  return send<unknown>(token, `/v1/decisions/${encodeURIComponent(id)}/reviews`, request)
}

async function send<T>(
  token: string,
  address: string,
  body: object,
  more: Record<string, string> = {},
): Promise<T> {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json', ...more }
  const answer = await fetch(address, { method: 'POST', headers, body: JSON.stringify(body) })
  if (!answer.ok) throw new ApiProblem((await answer.json()) as Problem)
  return (await answer.json()) as T
}
