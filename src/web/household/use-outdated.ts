import { hashKey, useQuery } from '@tanstack/react-query'
import { facts } from '../api/queries.ts'
import { useAsked } from './asked.tsx'
import { toRequest } from './to-request.ts'

/** Whether the household, the day or the programmes were changed since the answer was asked for. */
export function useOutdated(): boolean {
  const { asked, submitted } = useAsked()
  const known = useQuery({ ...facts, enabled: submitted !== null }).data
  if (submitted === null || known === undefined) return false
  return hashKey([toRequest(asked, known)]) !== hashKey([submitted])
}
