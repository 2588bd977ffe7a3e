// A portal in four steps: ask, say why with the clause, send the next answer, fetch the rule.
import createClient from 'openapi-fetch'
import type { components, paths } from '../client.d.ts'

type Schemas = components['schemas']
type Request = Schemas['DeterminationRequest']

/** The client of a service; texts come in English. */
export function connect(baseUrl: string) {
  return createClient<paths>({ baseUrl, headers: { 'accept-language': 'en' } })
}

/** What to show of an answer or of a problem, and what to ask next. */
export async function ask(api: ReturnType<typeof connect>, body: Request) {
  const { data, error } = await api.POST('/v1/determinations', { body })
  if (error) return { lines: [`${error.code}: ${error.detail}`] }
  const lines = data.determinations.flatMap((one) => [
    `${one.title}: ${one.outcome === 'unknown' ? openBecause(one) : one.text}`,
    ...(one.outcome === 'eligible' ? one.clauses.map(cited) : []),
    ...one.reasons
      .filter(({ decisive, met }) => decisive && met === false)
      .map((reason) => `${reason.text} (${reason.clauses.map(cited).join('; ')})`),
    ...one.warnings.map((warning) => `${data.warnings[warning]}`),
  ])
  return { lines, next: data.questions[0], rule: data.determinations[0]?.ruleVersion }

  /** An unknown with nothing missing lies in the text of the law. */
  function openBecause({ missing, chosenBecause }: Schemas['Determination']): string {
    const why = missing.length > 0 ? `missing ${missing.join(', ')}` : chosenBecause
    return `not settled yet, ${why}`
  }

  function cited(id: string): string {
    const clause = data?.clauses[id]
    return `${clause?.number} ${clause?.locator}: ${clause?.quote ?? clause?.text}`
  }
}

/** The request with the answer to a question in its place. */
export function answered(
  body: Request,
  { fact, subject }: Schemas['Question'],
  value: string | number | boolean | string[],
): Request {
  const { household } = body
  const known = { [fact.slice(fact.indexOf('.') + 1)]: value }
  if (subject.kind === 'household') return { ...body, household: { ...household, ...known } }
  const members = household.members.map((member) =>
    member.id === subject.id ? { ...member, ...known } : member,
  )
  return { ...body, household: { ...household, members } }
}

/** The JSON of a rule version, as published. */
export async function ruleOf(api: ReturnType<typeof connect>, ruleVersion: string) {
  const [city = '', programme = '', version = ''] = ruleVersion.split(/[/@]/)
  const path = { city, programme, version }
  const { data } = await api.GET('/v1/programmes/{city}/{programme}/versions/{version}', {
    params: { path },
  })
  return data?.rule
}
