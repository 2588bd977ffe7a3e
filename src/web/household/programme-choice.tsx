import { Button, Checkbox, TextInput } from '@mantine/core'
import { useState } from 'react'
import type { Programme } from '../api/client.ts'
import { useWords } from '../words/use-words.ts'

export interface ProgrammeChoiceProps {
  readonly programmes: readonly Programme[]
  /** Null: all. */
  readonly chosen: readonly string[] | null
  readonly onChange: (chosen: readonly string[] | null) => void
  readonly error: string | undefined
}

/** Which programmes to ask about: all, or some found by name. */
export function ProgrammeChoice({ programmes, chosen, onChange, error }: ProgrammeChoiceProps) {
  const { w, language } = useWords()
  const [search, setSearch] = useState('')
  const isChosen = (id: string) => chosen === null || chosen.includes(id)
  const all = programmes.map(({ id }) => id)
  const toggle = (id: string, on: boolean) => {
    const rest = (chosen ?? all).filter((one) => one !== id)
    const next = on ? [...rest, id] : rest
    onChange(next.length === all.length ? null : next)
  }
  const found = programmes.filter(({ name }) =>
    name[language].toLowerCase().includes(search.trim().toLowerCase()),
  )
  const count =
    chosen === null
      ? w.household.allProgrammes(all.length)
      : w.household.someProgrammes(chosen.length, all.length)
  return (
    <details className="more" open={error !== undefined || undefined}>
      <summary>
        {w.household.which}
        {w.common.colon}
        {count}
      </summary>
      <div className="row">
        <TextInput
          label={w.household.findProgramme}
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
          onKeyDown={(event) => {
            // In a form Enter would send it, half filled in.
            if (event.key === 'Enter') event.preventDefault()
          }}
        />
        <Button variant="default" onClick={() => onChange(null)}>
          {w.household.selectAll}
        </Button>
        <Button variant="default" id="f-programmes" onClick={() => onChange([])}>
          {w.household.selectNone}
        </Button>
      </div>
      {error !== undefined && <p role="alert">{error}</p>}
      <fieldset className="fields" style={{ border: 0, padding: 0, margin: '0.75rem 0' }}>
        <legend className="quiet">{count}</legend>
        {found.map(({ id, name }) => (
          <Checkbox
            key={id}
            label={name[language]}
            checked={isChosen(id)}
            onChange={(event) => toggle(id, event.currentTarget.checked)}
          />
        ))}
        {found.length === 0 && <p>{w.common.nothingHelp}</p>}
      </fieldset>
    </details>
  )
}
