import { useQueryClient } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { Answer, Fact, Programme } from '../api/client.ts'
import { determination } from '../api/queries.ts'
import { useWords } from '../words/use-words.ts'
import { useAsked } from './asked.tsx'
import { type FactGroup, groupFacts, type Missed } from './group-facts.ts'

/** The fields of the form: what the programmes chosen read, and what the last answer lacked. */
export function useFactGroups(
  facts: readonly Fact[],
  chosen: readonly Programme[],
): Readonly<Record<Fact['entity'], readonly FactGroup[]>> {
  const { language } = useWords()
  const { submitted } = useAsked()
  const client = useQueryClient()
  const before =
    submitted === null
      ? undefined
      : client.getQueryData(determination(submitted, language).queryKey)
  const ids = chosen.map(({ id }) => id).join()
  // biome-ignore lint/correctness/useExhaustiveDependencies: the programmes are compared by their ids
  return useMemo(() => {
    const missed = missedIn(before)
    return {
      household: groupFacts(facts, chosen, 'household', missed),
      member: groupFacts(facts, chosen, 'member', missed),
    }
  }, [facts, ids, before])
}

/** Facts that only an answer shows to be needed: a derivation that ended in "not known". */
function missedIn(answer: Answer | undefined): Missed {
  const missed = new Map<string, Set<string>>()
  for (const { programme, missing } of answer?.determinations ?? [])
    for (const fact of missing.map(factOf))
      missed.set(fact, (missed.get(fact) ?? new Set()).add(programme))
  return missed
}

/** `members/m1/x` or `household.x` as the id of its fact. */
function factOf(missing: string): string {
  const [, , name] = missing.split('/')
  return name === undefined ? missing : `member.${name}`
}
