import { useEffect, useRef } from 'react'
import { useWords } from '../words/use-words.ts'

/** What is wrong with one field. */
export interface FieldError {
  readonly id: string
  readonly name: string
  readonly message: string
}

interface ErrorSummaryProps {
  readonly errors: readonly FieldError[]
  /** A new one is a new reason to look. */
  readonly found?: unknown
}

/** Everything that needs mending, each line leading to its field; takes focus when it appears. */
export function ErrorSummary({ errors, found = errors }: ErrorSummaryProps) {
  const { w } = useWords()
  const box = useRef<HTMLDivElement>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was found anew is looked at anew
  useEffect(() => {
    box.current?.focus()
  }, [found])
  if (errors.length === 0) return null
  return (
    <div className="summary-errors" role="alert" tabIndex={-1} ref={box}>
      <h2 style={{ marginTop: 0 }}>{w.household.errors(errors.length)}</h2>
      <ul>
        {errors.map(({ id, name, message }) => (
          <li key={id + message}>
            <button type="button" onClick={() => focusField(id)}>
              {name}
              {w.common.colon}
              {message}
            </button>
          </li>
        ))}
      </ul>
    </div>
  )
}

/** Moves focus to a field, or to the first control of a group. */
export function focusField(id: string): void {
  const found = document.getElementById(id)
  const control = found?.matches('input, select, button')
    ? found
    : found?.querySelector<HTMLElement>('input:checked, input, select')
  control?.scrollIntoView({ block: 'center' })
  control?.focus()
}
