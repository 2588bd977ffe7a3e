import { NativeSelect } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { type Sample, samples } from '../api/queries.ts'
import { useWords } from '../words/use-words.ts'
import { type Asked, today } from './asked.tsx'
import { toValues } from './to-request.ts'

/** Fills the form with a sample household; nothing is shown where there is none. */
export function SampleHouseholds({ fill }: { fill: (asked: Asked) => void }) {
  const { w } = useWords()
  const { data: known = [] } = useQuery(samples)
  if (known.length === 0) return null
  return (
    <NativeSelect
      label={w.household.sample}
      value=""
      onChange={(event) => {
        const sample = known.find(({ id }) => id === event.currentTarget.value)
        if (sample !== undefined) fill(askedOf(sample))
      }}
      data={[
        { value: '', label: w.household.samplePick },
        ...known.map(({ id }) => ({ value: id, label: w.household.samples[id] ?? id })),
      ]}
    />
  )
}

function askedOf({ asOf, jurisdiction, programmes, household }: Sample): Asked {
  const { members, ...facts } = household
  return {
    jurisdiction,
    asOf: asOf ?? today(),
    programmes: programmes ?? null,
    facts: toValues(facts),
    members: members.map(({ id, ...own }) => ({ id, called: '', facts: toValues(own) })),
  }
}
