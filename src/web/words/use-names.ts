import { useQuery } from '@tanstack/react-query'
import type { Fact } from '../api/client.ts'
import { facts, jurisdictions, programmes } from '../api/queries.ts'
import { factComparedWith, type RuleVersion } from '../rules/rule-parts.ts'
import { useWords } from './use-words.ts'

/** The name of a programme by its id; the id where it is not in the rulebook any more. */
export function useProgrammeName(): (id: string) => string {
  const { language } = useWords()
  const known = useQuery(programmes).data
  return (id) => known?.find((one) => one.id === id)?.name[language] ?? id
}

/** The name of a parameter of a programme; its id where the programme gives none. */
export function useParameterName(programme: string): (id: string) => string {
  const { language } = useWords()
  const names = useQuery(programmes).data?.find(({ id }) => id === programme)?.parameters
  return (id) => names?.[id]?.[language] ?? id
}

/** A rule version by its name: what a person reads in place of `undated`. */
export function useVersionName(): (version: string) => string {
  const { w } = useWords()
  return (version) => version.replace('undated', w.rules.undated)
}

/** The name of a place by its code; the code where no programme of the place is here. */
export function usePlaceName(): (code: string) => string {
  const { language } = useWords()
  const known = useQuery(jurisdictions).data
  return (at) => known?.find(({ code }) => code === at)?.name[language] ?? at
}

/** The label of a fact by its id; the id where it is not in the dictionary. */
export function useFactLabel(): (id: string) => string {
  const { language } = useWords()
  const known = useQuery(facts).data
  return (id) => known?.find((one) => one.id === id)?.label[language] ?? id
}

/** The unit in which a fact is read: years that have passed since a date are an age. */
export function readUnit(fact: Fact | undefined): string | undefined {
  const derive = fact?.derive
  const isAge = typeof derive === 'object' && derive !== null && 'yearsBetween' in derive
  return isAge ? 'age' : (fact?.unit ?? undefined)
}

/** The unit in which a fact is read, by its id; as given where it is not in the dictionary. */
export function useFactUnit(): (id: string, unit: string | undefined) => string | undefined {
  const known = useQuery(facts).data
  return (id, unit) => readUnit(known?.find((one) => one.id === id)) ?? unit
}

/** The unit in which a parameter of a rule is read: that of the fact it is compared with. */
export function useParameterUnit(): (rule: RuleVersion, parameter: string) => string | undefined {
  const unitOf = useFactUnit()
  return (rule, parameter) => {
    const unit = rule.parameters[parameter]?.unit ?? undefined
    const fact = factComparedWith(rule, parameter)
    return fact === undefined ? unit : unitOf(fact, unit)
  }
}
