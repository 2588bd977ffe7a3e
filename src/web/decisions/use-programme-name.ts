import { useQuery } from '@tanstack/react-query'
import { programmes } from '../api/queries.ts'
import { useWords } from '../words/use-words.ts'

/** The name of a programme by its id; the id where it is not in the rulebook any more. */
export function useProgrammeName(): (id: string) => string {
  const { language } = useWords()
  const known = useQuery(programmes).data
  return (id) => known?.find((one) => one.id === id)?.name[language] ?? id
}
