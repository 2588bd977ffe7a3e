import { queryOptions } from '@tanstack/react-query'
import { type Asking, goodAnswer, type Schemas, send } from './client.ts'

export type Screening = Schemas['Screening']
export type ScreeningImpact = Schemas['ScreeningImpact']
export type ParameterChange = Schemas['ParameterChange']
export type Reject = Schemas['ScreeningReject']

/** A register and what is asked of it. */
export interface ScreeningOrder {
  readonly households: File
  /** Null for lines of JSON, which hold the members. */
  readonly members: File | null
  readonly asOf: string
  /** Empty: every city. */
  readonly jurisdiction: string
  /** Null: all. */
  readonly programmes: readonly string[] | null
}

/** The screenings there are, newest first; asked again while one is going on. Never kept for others. */
export const screenings = (asking: Asking) =>
  queryOptions({
    queryKey: ['screenings', asking.language],
    queryFn: async ({ signal }) =>
      ((await (await ask(asking, '', { signal })).json()) as { items: readonly Screening[] }).items,
    refetchInterval: ({ state }) => (state.data?.some(isUnfinished) ? 3_000 : false),
    ...FRESH,
  })

/** What changes when figures do; the figures stand in memory only. */
export const impactOf = (asking: Asking, id: string, changes: readonly ParameterChange[]) =>
  queryOptions({
    queryKey: ['impact', id, changes, asking.language],
    queryFn: async ({ signal }) => {
      const headers = { 'content-type': 'application/json' }
      const body = JSON.stringify({ changes })
      const answer = await ask(asking, `/${id}/impacts`, { method: 'POST', headers, body, signal })
      return (await answer.json()) as ScreeningImpact
    },
    ...FRESH,
  })

const FRESH = { staleTime: 0, gcTime: 0, retry: false } as const

export const isUnfinished = ({ status }: Pick<Screening, 'status'>) =>
  status === 'queued' || status === 'running'

/** Sends a register; the id of the screening it starts. */
export async function startScreening(
  asking: Asking,
  { households, members, ...asked }: ScreeningOrder,
  signal: AbortSignal,
): Promise<string> {
  const query = new URLSearchParams({ asOf: asked.asOf })
  if (asked.jurisdiction !== '') query.set('jurisdiction', asked.jurisdiction)
  if (asked.programmes !== null) query.set('programmes', asked.programmes.join())
  const sent = members === null ? asLines(households) : asPair(households, members)
  const answer = await ask(asking, `?${query}`, { method: 'POST', ...sent, signal })
  return ((await answer.json()) as { id: string }).id
}

function asLines(households: File): RequestInit {
  return { body: households, headers: { 'content-type': 'application/x-ndjson' } }
}

function asPair(households: File, members: File): RequestInit {
  const body = new FormData()
  body.set('households', households)
  body.set('members', members)
  return { body }
}

/** Cancels a screening, or removes one that has ended with all its files. */
export async function removeScreening(asking: Asking, id: string): Promise<void> {
  await ask(asking, `/${id}`, { method: 'DELETE' })
}

/** A file of a screening, to be saved: `results?format=csv`, `rejects`. */
export async function fileOf(asking: Asking, id: string, what: string): Promise<Blob> {
  return (await ask(asking, `/${id}/${what}`)).blob()
}

/** The first faults of a register; what comes after them is not read. */
export async function firstRejects(
  asking: Asking,
  id: string,
  most: number,
): Promise<readonly Reject[]> {
  const found: Reject[] = []
  for await (const line of pieces(await ask(asking, `/${id}/rejects`), '\n')) {
    if (line !== '') found.push(JSON.parse(line) as Reject)
    if (found.length === most) break
  }
  return found
}

/** How a screening goes on: the whole state, again and again, until it has ended or nobody listens. */
export async function* watchScreening(
  asking: Asking,
  id: string,
  signal: AbortSignal,
): AsyncGenerator<Screening> {
  // EventSource cannot carry a token: the events are read from an ordinary answer.
  for await (const event of pieces(await ask(asking, `/${id}/events`, { signal }), '\n\n')) {
    const data = event.split('\n').find((line) => line.startsWith('data: '))
    if (data !== undefined) yield JSON.parse(data.slice('data: '.length)) as Screening
  }
}

async function ask({ language }: Asking, path: string, init: RequestInit = {}) {
  const request = new Request(`/v1/screenings${path}`, init)
  request.headers.set('accept-language', language)
  return goodAnswer(await send(request))
}

/** The text of an answer as it arrives, cut at a separator. Leaving early ends the answer. */
async function* pieces(answer: Response, separator: string): AsyncGenerator<string> {
  const reader = (answer.body as ReadableStream<Uint8Array>).getReader()
  const decoder = new TextDecoder()
  let rest = ''
  try {
    for (;;) {
      const { done, value } = await reader.read()
      rest += decoder.decode(value, { stream: !done })
      const cut = rest.split(separator)
      rest = cut.pop() as string
      yield* cut
      if (done) break
    }
    if (rest !== '') yield rest
  } finally {
    await reader.cancel().catch(() => {})
  }
}
