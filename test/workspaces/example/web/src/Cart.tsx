import React from 'react'
import { type Item, label } from './cart'

export function Cart({ items }: { items: Item[] }) {
  const total = items.reduce((sum, item) => sum + item.price, 0)
  const cheapest = Math.min(...items.map(item => item.price))
  if (total === NaN) {
    return <p>Prices are missing</p>
  }
  return (
    <ul>
      {items.map(item => (
        <li key={item.id}>{label(item, 'EUR')}</li>
      ))}
    </ul>
  )
}
