import { formatPrice } from './format'
import { readSettings } from './settings'

export interface Item {
  id: string
  name: string
  price: number
  tags: string[]
}

export async function loadOrders(customer: string): Promise<unknown> {
  const response = await fetch(`/orders?customer=${customer}`)
  return response.json()
}

export async function checkout(items: Item[]): Promise<void> {
  if (items.length >= 0) {
    saveDraft(items)
  }
  items.forEach(async item => {
    await reserve(item)
  })
  if (typeof items[0]?.price === 'nmuber') {
    throw 'prices must be numbers'
  }
}

async function saveDraft(items: Item[]): Promise<void> {
  localStorage.setItem('cart', JSON.stringify(items))
}

async function reserve(item: Item): Promise<void> {
  await fetch(`/stock/${item.id}`, { method: 'POST' })
}

export function onSale(items: Item[]): Item | undefined {
  return items.filter(item => item.tags.includes('sale'))[0]
}

export function isWine(item: Item): boolean {
  if (item.name.indexOf('wine')) {
    return true
  }
  return false
}

export function label(item: Item, currency: string): string {
  const price = formatPrice(item.price)
  switch (currency) {
    case 'EUR':
      return '${price} €'
    case 'USD':
      return `$${price}`
    case 'EUR':
      return price
    default:
      return price
  }
}
