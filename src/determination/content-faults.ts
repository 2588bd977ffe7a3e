import { type FactDefinition, steps } from '../engine/fact-definition.js'
import { dayOf } from '../model/civil-date.js'
import type { InputFault } from '../model/errors.js'
import type { Household } from '../model/household.js'
import type { Rulebook } from '../rulebook/rulebook.js'
import { fault } from './request-faults.js'

/** What is checked of a request whose shape is right. */
interface Content {
  readonly asOf: string
  readonly knownAt?: string
  readonly jurisdiction: string
  readonly programmes?: readonly string[]
  readonly household: Household
}

/** Faults that shapes cannot show: of the clocks, the programmes, the members and their facts. */
export function contentFaults(
  rulebook: Rulebook,
  content: Content,
  now: Date,
): readonly InputFault[] {
  return [
    ...clockFaults(content, now),
    ...programmeFaults(rulebook, content),
    ...memberFaults(content.household),
    ...valueFaults(rulebook, content.household, content.asOf),
  ]
}

/** That `knownAt` must not be after the present. */
export function clockFaults(
  request: { readonly knownAt?: string | undefined },
  now: Date,
): readonly InputFault[] {
  if (request.knownAt === undefined || new Date(request.knownAt) <= now) return []
  return [
    {
      pointer: '/knownAt',
      code: 'in-the-future',
      message: { zh: '不能晚于服务器的当前时间', en: 'must not be after the present' },
    },
  ]
}

function programmeFaults(
  rulebook: Rulebook,
  { jurisdiction, programmes }: Content,
): readonly InputFault[] {
  if (!rulebook.jurisdictions.has(jurisdiction)) {
    return [
      {
        pointer: '/jurisdiction',
        code: 'unknown-jurisdiction',
        message: { zh: '没有这个行政区的项目', en: 'has no programmes here' },
      },
    ]
  }
  const message = { zh: '该行政区没有这个项目', en: 'is no programme of this jurisdiction' }
  return (programmes ?? []).flatMap((id, index) =>
    rulebook.programmes.get(id)?.jurisdiction.code === jurisdiction
      ? []
      : [{ pointer: `/programmes/${index}`, code: 'unknown-programme', message }],
  )
}

function memberFaults({ members }: Household): readonly InputFault[] {
  const message = { zh: '成员编号重复', en: 'repeats a member id' }
  const seen = new Set<string>()
  return members.flatMap(({ id }, index) => {
    if (!seen.has(id)) {
      seen.add(id)
      return []
    }
    return [{ pointer: `/household/members/${index}/id`, code: 'repeated-id', message }]
  })
}

/** What the types cannot say: nobody is born after the day asked for, no household is smaller than its list. */
function valueFaults(
  rulebook: Rulebook,
  household: Household,
  asOf: string,
): readonly InputFault[] {
  const faults: InputFault[] = []
  const latest = dayOf(asOf)
  const check = (fact: FactDefinition, value: unknown, pointer: string) => {
    if (value === null || value === undefined) return
    if (fact.fact.notAfterAsOf && steps(value as string, 1) > latest) {
      faults.push(fault(pointer, 'after-as-of'))
    }
    if (fact.fact.role === 'member-count' && (value as number) < household.members.length) {
      faults.push(fault(pointer, 'fewer-than-listed'))
    }
  }
  for (const fact of rulebook.dictionary.values()) {
    if (fact.fact.notAfterAsOf === undefined && fact.fact.role === undefined) continue
    if (fact.entity === 'household') check(fact, household[fact.name], `/household/${fact.name}`)
    else
      for (const [index, member] of household.members.entries()) {
        check(fact, member[fact.name], `/household/members/${index}/${fact.name}`)
      }
  }
  return faults
}
