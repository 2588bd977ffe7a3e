import { NativeSelect, TextInput } from '@mantine/core'
import type { ReplayRequest } from '../api/ledger.ts'
import { useWords } from '../words/use-words.ts'

/** Which rules to determine under. */
export type Choice = 'recorded' | 'current' | 'clocks'

/** A choice of rules; clocks are texts of the form, empty where they stay as recorded. */
export interface Clocks {
  readonly choice: Choice
  readonly asOf: string
  readonly knownAt: string
}

/** What the service is asked for; null where a clock is needed and none was given. */
export function termsOf({ choice, asOf, knownAt }: Clocks): ReplayRequest | null {
  if (choice === 'recorded') return { rules: 'recorded' }
  const day = asOf === '' ? {} : { asOf }
  if (choice === 'current') return { rules: 'current', ...day }
  if (asOf === '' && knownAt === '') return null
  const time = knownAt.length === 16 ? `${knownAt}:00` : knownAt
  return { ...day, ...(knownAt !== '' && { knownAt: `${time}+08:00` }) }
}

interface ClockChoiceProps {
  readonly label: string
  readonly choices: Readonly<Record<Choice, string>>
  readonly clocks: Clocks
  readonly change: (clocks: Clocks) => void
}

/** Chooses the rules, and the clocks where they can be chosen. */
export function ClockChoice({ label, choices, clocks, change }: ClockChoiceProps) {
  const { w } = useWords()
  const { choice, asOf, knownAt } = clocks
  return (
    <>
      <NativeSelect
        label={label}
        value={choice}
        onChange={({ currentTarget: { value } }) =>
          change({ choice: value as Choice, asOf: '', knownAt: '' })
        }
        data={Object.entries(choices).map(([value, text]) => ({ value, label: text }))}
      />
      {choice !== 'recorded' && (
        <TextInput
          type="date"
          label={w.decisions.replay.asOf}
          value={asOf}
          onChange={({ currentTarget: { value } }) => change({ ...clocks, asOf: value })}
        />
      )}
      {choice === 'clocks' && (
        <TextInput
          type="datetime-local"
          label={w.decisions.replay.knownAt}
          value={knownAt}
          onChange={({ currentTarget: { value } }) => change({ ...clocks, knownAt: value })}
        />
      )}
    </>
  )
}
