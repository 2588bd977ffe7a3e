import { QueryClient, queryOptions } from '@tanstack/react-query'
import type { Language } from '../words/use-words.ts'
import {
  ApiProblem,
  client,
  type DeterminationRequest,
  type Fact,
  good,
  goodAnswer,
  type Schemas,
} from './client.ts'

/** A busy service says that it will be free soon: it is asked again at growing distances. */
const MOST_WHILE_BUSY = 4

/** How often a failed call is made again: what the service refuses, it would refuse again. */
function triesAgain(error: Error): number {
  if (!(error instanceof ApiProblem)) return 1
  const { code, status } = error.problem
  return code === 'overloaded' ? MOST_WHILE_BUSY : Number(status >= 500)
}

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: Number.POSITIVE_INFINITY,
      retry: (failures, error) => failures < triesAgain(error),
    },
  },
})

/** A sample household as the build puts it beside the pages. */
export interface Sample {
  readonly id: string
  readonly asOf?: string
  readonly jurisdiction: string
  readonly programmes?: readonly string[]
  readonly household: { readonly members: readonly { readonly id: string }[] }
}

export const samples = queryOptions({
  queryKey: ['samples'],
  queryFn: async () => {
    const answer = await goodAnswer(await fetch('/samples.json'))
    return (await answer.json()) as readonly Sample[]
  },
})

export const jurisdictions = queryOptions({
  queryKey: ['jurisdictions'],
  queryFn: async () => (await good(client.GET('/v1/jurisdictions'))).jurisdictions,
})

/** Where people sign in; a failure to ask may be over when it is asked again. */
export const signInWays = queryOptions({
  queryKey: ['sign-in'],
  queryFn: () => good(client.GET('/v1/sign-in')),
})

export const programmes = queryOptions({
  queryKey: ['programmes'],
  queryFn: async () => (await good(client.GET('/v1/programmes'))).programmes,
})

export const facts = queryOptions({
  queryKey: ['facts'],
  queryFn: async () => (await good(client.GET('/v1/facts'))).facts as readonly Fact[],
})

export const interpretations = queryOptions({
  queryKey: ['interpretations'],
  queryFn: async () => (await good(client.GET('/v1/interpretations'))).interpretations,
})

/** What a household is entitled to, in a language. */
export const determination = (request: DeterminationRequest, language: Language) =>
  queryOptions({
    queryKey: ['determination', request, language],
    queryFn: () =>
      good(
        client.POST('/v1/determinations', {
          body: request,
          headers: { 'accept-language': language },
        }),
      ),
    retry: false,
  })

/** From which later days other outcomes apply. */
export const upcomingChanges = (request: DeterminationRequest) =>
  queryOptions({
    queryKey: ['changes', request],
    queryFn: async () =>
      (await good(client.POST('/v1/determinations/changes', { body: request }))).changes,
    retry: false,
  })

const addressOf = (id: string) => {
  const [city = '', programme = ''] = id.split('/')
  return { city, programme }
}

export const programmeWithVersions = (id: string) =>
  queryOptions({
    queryKey: ['programme', id],
    queryFn: () =>
      good(client.GET('/v1/programmes/{city}/{programme}', { params: { path: addressOf(id) } })),
  })

export const workedCases = (id: string) =>
  queryOptions({
    queryKey: ['cases', id],
    queryFn: async () => {
      const path = addressOf(id)
      return (
        await good(client.GET('/v1/programmes/{city}/{programme}/cases', { params: { path } }))
      ).cases
    },
  })

export const ruleVersion = (id: string, version: string) =>
  queryOptions({
    queryKey: ['version', id, version],
    queryFn: async () =>
      (await good(
        client.GET('/v1/programmes/{city}/{programme}/versions/{version}', {
          params: { path: { ...addressOf(id), version } },
        }),
      )) as Schemas['PublishedVersion'],
  })

export const versionDiff = (id: string, version: string, other: string) =>
  queryOptions({
    queryKey: ['diff', id, version, other],
    queryFn: () =>
      good(
        client.GET('/v1/programmes/{city}/{programme}/versions/{version}/diff/{other}', {
          params: { path: { ...addressOf(id), version, other } },
        }),
      ),
  })

export const documents = queryOptions({
  queryKey: ['documents'],
  queryFn: async () => (await good(client.GET('/v1/documents'))).documents,
})

export const documentWithClauses = (id: string) =>
  queryOptions({
    queryKey: ['document', id],
    queryFn: () => good(client.GET('/v1/documents/{id}', { params: { path: { id } } })),
  })

export const clause = (id: string) =>
  queryOptions({
    queryKey: ['clause', id],
    queryFn: () => good(client.GET('/v1/clauses/{id}', { params: { path: { id } } })),
  })
