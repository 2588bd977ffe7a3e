import { useQuery } from '@tanstack/react-query'
import { facts, programmes } from '../api/queries.ts'
import { Screen } from '../shell/screen.tsx'
import { Failed, Loading } from '../shell/states.tsx'
import { useWords } from '../words/use-words.ts'
import { HouseholdForm } from './household-form.tsx'

/** Where the caseworker fills in a household. */
export function HouseholdScreen() {
  const { w } = useWords()
  const dictionary = useQuery(facts)
  const catalogue = useQuery(programmes)
  return (
    <Screen title={w.household.title}>
      <p className="lead">{w.household.lead}</p>
      <p className="quiet">
        <span className="tag official">{w.common.official}</span> {w.common.officialHelp}
      </p>
      {dictionary.data !== undefined && catalogue.data !== undefined ? (
        <HouseholdForm facts={dictionary.data} catalogue={catalogue.data} />
      ) : dictionary.error || catalogue.error ? (
        <Failed
          error={(dictionary.error ?? catalogue.error) as Error}
          again={() => {
            void dictionary.refetch()
            void catalogue.refetch()
          }}
        />
      ) : (
        <Loading />
      )}
    </Screen>
  )
}
