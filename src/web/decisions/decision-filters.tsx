import { Button, NativeSelect, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Filters } from '../api/ledger.ts'
import { jurisdictions, programmes } from '../api/queries.ts'
import { useWords } from '../words/use-words.ts'

export const NO_FILTERS: Filters = {
  jurisdiction: '',
  programme: '',
  outcome: '',
  caseReference: '',
  from: '',
  to: '',
}

interface DecisionFiltersProps {
  readonly applied: Filters
  readonly apply: (filters: Filters) => void
}

/** What to look for. It asks when told to, not at each key: every list is noted as a reading. */
export function DecisionFilters({ applied, apply }: DecisionFiltersProps) {
  const { w, language } = useWords()
  const [filters, set] = useState(applied)
  const change = (changed: Partial<Filters>) => set((before) => ({ ...before, ...changed }))
  const cities = useQuery(jurisdictions).data ?? []
  const { jurisdiction } = filters
  const inCity = (useQuery(programmes).data ?? []).filter(
    (one) => jurisdiction === '' || one.jurisdiction === jurisdiction,
  )
  const any = { value: '', label: w.decisions.any }
  return (
    <form
      className="card no-print"
      onSubmit={(event) => {
        event.preventDefault()
        apply(filters)
      }}
    >
      <div className="fields">
        <NativeSelect
          label={w.decisions.city}
          value={jurisdiction}
          onChange={({ currentTarget: { value } }) =>
            change({ jurisdiction: value, programme: '' })
          }
          data={[any, ...cities.map(({ code, name }) => ({ value: code, label: name[language] }))]}
        />
        <NativeSelect
          label={w.decisions.programme}
          value={filters.programme}
          onChange={({ currentTarget: { value } }) => change({ programme: value })}
          data={[any, ...inCity.map(({ id, name }) => ({ value: id, label: name[language] }))]}
        />
        <NativeSelect
          label={w.decisions.outcome}
          value={filters.outcome}
          onChange={({ currentTarget: { value } }) =>
            change({ outcome: value as Filters['outcome'] })
          }
          data={[
            any,
            ...Object.entries(w.decisions.outcomes).map(([value, label]) => ({ value, label })),
          ]}
        />
        <TextInput
          label={w.decisions.caseReference}
          value={filters.caseReference}
          onChange={({ currentTarget: { value } }) => change({ caseReference: value.trim() })}
          pattern="[A-Za-z0-9_\-]{1,64}"
          autoComplete="off"
        />
        <TextInput
          type="date"
          label={w.decisions.from}
          value={filters.from}
          onChange={({ currentTarget: { value } }) => change({ from: value })}
        />
        <TextInput
          type="date"
          label={w.decisions.to}
          value={filters.to}
          onChange={({ currentTarget: { value } }) => change({ to: value })}
        />
      </div>
      <div className="row" style={{ marginTop: '1rem' }}>
        <Button type="submit">{w.decisions.search}</Button>
        <Button
          variant="default"
          onClick={() => {
            set(NO_FILTERS)
            apply(NO_FILTERS)
          }}
        >
          {w.decisions.clear}
        </Button>
      </div>
    </form>
  )
}
