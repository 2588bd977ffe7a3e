import { useQuery } from '@tanstack/react-query'
import type { Answer } from '../api/client.ts'
import { programmes } from '../api/queries.ts'
import type { Language } from '../words/use-words.ts'

/** The language the texts of a recorded answer are in; undefined where its title does not tell. */
export function useRecordedLanguage({ determinations: [first] }: Answer): Language | undefined {
  const name = useQuery(programmes).data?.find(({ id }) => id === first?.programme)?.name
  if (first?.title === name?.zh) return 'zh'
  return first?.title === name?.en ? 'en' : undefined
}
