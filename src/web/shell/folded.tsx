import { useState } from 'react'
import { usePrinting } from './use-printing.ts'

interface FoldedProps {
  readonly summary: React.ReactNode
  /** Whether it is open from the start. */
  readonly open?: boolean
  readonly children: React.ReactNode
}

/** What is made when it is unfolded, and on paper always. */
export function Folded({ summary, open = false, children }: FoldedProps) {
  const [unfolded, setUnfolded] = useState(open)
  const printing = usePrinting()
  const shown = unfolded || printing
  return (
    <details
      className="more"
      open={shown}
      onToggle={({ currentTarget }) => {
        if (!printing) setUnfolded(currentTarget.open)
      }}
    >
      <summary>{summary}</summary>
      {shown && children}
    </details>
  )
}
