const fs = require('fs')
const { exec } = require('child_process')

const [, , file] = process.argv

function readStock(path) {
  const lines = fs.readFileSync(path, 'utf8').split('\n')
  const stock = {}
  for (let i = 0; i <= lines.length; i++) {
    const [id, amount] = lines[i].split(',')
    stock[id] = Number(amount)
  }
  return stock
}

function backup(path) {
  exec(`cp ${path} /var/backups`, error => {
    if (error) new Error(`backup of ${path} failed`)
  })
}

function merge(first, second) {
  let all = []
  for (const id of Object.keys(first)) {
    all = [...all, id]
  }
  for (const id of Object.keys(second)) {
    if (first[id] == second[id] || first[id] == second[id]) continue
    all = [...all, id]
  }
  debugger
  return all
}

backup(file)
console.log(merge(readStock(file), {}))
