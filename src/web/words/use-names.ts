import { useQuery } from '@tanstack/react-query'
import { facts, programmes } from '../api/queries.ts'
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

/** The label of a fact by its id; the id where it is not in the dictionary. */
export function useFactLabel(): (id: string) => string {
  const { language } = useWords()
  const known = useQuery(facts).data
  return (id) => known?.find((one) => one.id === id)?.label[language] ?? id
}

/** The unit in which a fact is read: years that have passed since a date are an age. */
export function useFactUnit(): (fact: string, unit: string | undefined) => string | undefined {
  const known = useQuery(facts).data
  return (fact, unit) => {
    const derive = known?.find(({ id }) => id === fact)?.derive
    const isAge = typeof derive === 'object' && derive !== null && 'yearsBetween' in derive
    return isAge ? 'age' : unit
  }
}
