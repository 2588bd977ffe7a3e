import type { Language } from '../words/use-words.ts'
import { client, good, type Schemas } from './client.ts'

export type Decision = Schemas['Decision']
export type Review = Schemas['Review']

/** Whether the service takes a token: `failed` when it could not say. */
export async function checkToken(
  token: string,
  language: Language,
): Promise<'good' | 'refused' | 'failed'> {
  const headers = { authorization: `Bearer ${token}`, 'accept-language': language }
  // Of that day there are no decisions, so nothing is seen and no reading noted.
  const answer = await fetch('/v1/decisions?from=2200-01-01', { headers }).catch(() => null)
  // 403: a good token without the right to read decisions.
  if (answer?.ok || answer?.status === 403) return 'good'
  return answer?.status === 401 ? 'refused' : 'failed'
}

/** Records a decision once: the same `idempotencyKey` never makes a second one. */
export function recordDecision(
  body: Schemas['DecisionRequest'],
  idempotencyKey: string,
  language: Language,
): Promise<Decision> {
  const header = { 'idempotency-key': idempotencyKey, 'accept-language': language }
  return good(client.POST('/v1/decisions', { body, params: { header } }))
}

/** Appends a person's confirmation or override to a decision. */
export function reviewDecision(
  id: string,
  body: Schemas['ReviewRequest'],
  language: Language,
): Promise<Review> {
  const headers = { 'accept-language': language }
  const params = { path: { id } }
  return good(client.POST('/v1/decisions/{id}/reviews', { body, params, headers }))
}
