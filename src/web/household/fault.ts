import type { DeterminationRequest, Fact, Problem, Programme } from '../api/client.ts'
import type { Language, PageWords } from '../words/use-words.ts'
import type { Asked } from './asked.tsx'
import type { FieldError } from './error-summary.tsx'
import { fieldId } from './field-id.ts'

/** What is wrong at one place of a household; a person is named by id, for places change. */
export interface Fault {
  readonly member: string | null
  /** JSON pointer in the request, or inside the person. */
  readonly pointer: string
  readonly message: string
}

type InputFaults = NonNullable<Problem['errors']>

/** What the service found wrong with a request. */
export function faultsOf(errors: InputFaults, { household }: DeterminationRequest): Fault[] {
  return errors.map(({ pointer, message }) => {
    const [, index, inside = ''] = /^\/household\/members\/(\d+)(\/.*)?$/.exec(pointer) ?? []
    const member = index === undefined ? undefined : household.members[Number(index)]?.id
    return member === undefined
      ? { member: null, pointer, message }
      : { member, pointer: inside, message }
  })
}

/** What has to be chosen before anything can be asked; null when nothing is lacking. */
export function missingFirst(
  { jurisdiction }: Asked,
  chosen: readonly Programme[],
  w: PageWords,
): Fault | null {
  if (jurisdiction === '')
    return { member: null, pointer: '/jurisdiction', message: w.household.empty }
  if (chosen.length === 0)
    return { member: null, pointer: '/programmes', message: w.household.pickOne }
  return null
}

interface Form {
  readonly asked: Asked
  readonly facts: readonly Fact[]
  readonly who: (index: number) => string
}

/** The faults as errors of fields, each where its person stands now; without those who left. */
export function fieldErrorsOf(
  faults: readonly Fault[],
  { asked, facts, who }: Form,
  { w, language }: { readonly w: PageWords; readonly language: Language },
): readonly FieldError[] {
  const label = (id: string) => facts.find((fact) => fact.id === id)?.label[language]
  const names: Readonly<Record<string, string>> = {
    '/asOf': w.household.asOf,
    '/jurisdiction': w.household.city,
    '/programmes': w.household.which,
  }
  return faults.flatMap(({ member, pointer, message }) => {
    const fact = pointer.split('/').at(-1)
    if (member === null) {
      const name = names[pointer] ?? label(`household.${fact}`) ?? pointer
      return [{ id: fieldId(pointer), name, message }]
    }
    const index = asked.members.findIndex(({ id }) => id === member)
    if (index < 0) return []
    const name = `${who(index)}${w.common.colon}${label(`member.${fact}`) ?? pointer}`
    return [{ id: fieldId(`/household/members/${index}${pointer}`), name, message }]
  })
}
