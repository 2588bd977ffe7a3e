import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { type Asking, client, faultOf, good, type Schemas } from './client.ts'

export type RecordedDecision = Schemas['Decision']
export type ListedDecision = Schemas['ListedDecision']
export type Replay = Schemas['Replay']
export type ReplayRequest = Schemas['ReplayRequest']
export type RecalculationRequest = Schemas['RecalculationRequest']
export type RecalculationLine = Schemas['RecalculationLine']

const headersOf = ({ language }: Asking) => ({ 'accept-language': language })

/** Nothing of a decision stays in memory once its screen is left; a refusal is not tried again. */
const NOT_KEPT = { gcTime: 0, retry: false } as const

/** What decisions are looked for by; an empty text is no filter. */
export interface Filters {
  readonly jurisdiction: string
  readonly programme: string
  readonly outcome: '' | Schemas['Outcome']
  readonly caseReference: string
  /** Days in Shanghai, both included. */
  readonly from: string
  readonly to: string
}

/** Decisions that match, newest first, page by page; another `round` asks anew. */
export const decisions = (asking: Asking, filters: Filters, round: number) =>
  infiniteQueryOptions({
    ...NOT_KEPT,
    queryKey: ['decisions', asking.token, filters, round],
    queryFn: ({ pageParam }) => {
      const { to, ...others } = filters
      const given = Object.entries(others).filter(([, value]) => value !== '')
      const query = {
        ...Object.fromEntries(given),
        ...(to !== '' && { to: dayAfter(to) }),
        ...(pageParam !== null && { cursor: pageParam }),
      }
      return good(client.GET('/v1/decisions', { params: { query }, headers: headersOf(asking) }))
    },
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
  })

const DAY = 24 * 60 * 60 * 1000

/** The service takes the first day that is not wanted. */
export function dayAfter(day: string): string {
  return new Date(Date.parse(day) + DAY).toISOString().slice(0, 10)
}

export const recordedDecision = (asking: Asking, id: string) =>
  queryOptions({
    ...NOT_KEPT,
    queryKey: ['decision', asking.token, id],
    queryFn: () =>
      good(
        client.GET('/v1/decisions/{id}', { params: { path: { id } }, headers: headersOf(asking) }),
      ),
  })

/** The bytes a decision committed to, with their salt. */
export const sealedFacts = (asking: Asking, id: string) =>
  queryOptions({
    ...NOT_KEPT,
    queryKey: ['facts', asking.token, id],
    queryFn: () =>
      good(
        client.GET('/v1/decisions/{id}/facts', {
          params: { path: { id } },
          headers: headersOf(asking),
        }),
      ),
  })

/** Who saw a decision, newest first. */
export const readings = (asking: Asking, decision: string) =>
  queryOptions({
    ...NOT_KEPT,
    queryKey: ['readings', asking.token, decision],
    queryFn: () =>
      good(
        client.GET('/v1/readings', {
          params: { query: { decision, limit: 200 } },
          headers: headersOf(asking),
        }),
      ),
  })

/** The newest checkpoint as the signed text it is, and the second in which it was signed. */
export async function fetchCheckpoint(asking: Asking) {
  const { data, error, response } = await client.GET('/v1/log/checkpoint', {
    headers: headersOf(asking),
    parseAs: 'text',
  })
  if (data === undefined) throw faultOf(error)
  return { note: data, signedAt: response.headers.get('last-modified') }
}

export const fetchPublicKeys = (asking: Asking) =>
  good(client.GET('/v1/log/public-keys', { headers: headersOf(asking) }))

export const fetchDeliveries = (asking: Asking) =>
  good(client.GET('/v1/log/deliveries', { headers: headersOf(asking) }))

/** The proof that an entry stands in the log of a size. */
export const fetchInclusion = (asking: Asking, id: string, treeSize: number) =>
  good(
    client.GET('/v1/log/proofs/inclusion/{id}', {
      params: { path: { id }, query: { treeSize } },
      headers: headersOf(asking),
    }),
  )

/** The entry at a place of the log. */
export const fetchEntries = (asking: Asking, from: number) =>
  good(
    client.GET('/v1/log/entries', {
      params: { query: { from, to: from + 1 } },
      headers: headersOf(asking),
    }),
  )

/** The proof that the log of one size is the beginning of a later one. */
export const fetchConsistency = (asking: Asking, from: number, to: number) =>
  good(
    client.GET('/v1/log/proofs/consistency', {
      params: { query: { from, to } },
      headers: headersOf(asking),
    }),
  )

/** Determines a decision again; texts come in the language given. */
export const replayDecision = (asking: Asking, id: string, body: ReplayRequest): Promise<Replay> =>
  good(
    client.POST('/v1/decisions/{id}/replays', {
      params: { path: { id } },
      headers: headersOf(asking),
      body,
    }),
  )

/** The worklist, line by line as it comes; ends early when `signal` says so. */
export async function* recalculate(
  asking: Asking,
  body: RecalculationRequest,
  signal: AbortSignal,
): AsyncGenerator<RecalculationLine> {
  const { data, error } = await client.POST('/v1/recalculations', {
    headers: headersOf(asking),
    body,
    parseAs: 'stream',
    signal,
  })
  if (!data) throw faultOf(error)
  const reader = data.pipeThrough(new TextDecoderStream()).getReader()
  let rest = ''
  for (;;) {
    const { done, value = '' } = await reader.read()
    const lines = (rest + value).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) yield JSON.parse(line) as RecalculationLine
    if (done) return
  }
}
