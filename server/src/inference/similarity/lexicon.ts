// Spanish words of programming, for whoever searches English code in Spanish.

/** What a Spanish word is called in code; empty when it is none that is known. */
export function englishOf(word: string): readonly string[] {
  return ENGLISH.get(stemOf(word)) ?? []
}

/** Words that say how others belong together, and nothing of what is sought. */
export function isFiller(word: string): boolean {
  return FILLERS.has(word)
}

/** One form for `ordena`, `ordenar`, `ordenando`, `ordenación` and `ordenado`; whether it is a word does not matter. */
function stemOf(word: string): string {
  const plain = word.toLowerCase().normalize('NFD').replace(/\p{M}/gu, '')
  for (const ending of ENDINGS)
    if (plain.endsWith(ending) && plain.length - ending.length >= 3) return plain.slice(0, -ending.length)
  return plain
}

/** The longest first. */
const ENDINGS = (
  'aciones iciones amiento imiento amientos imientos adores idores acion icion ador idor adora idora ando iendo ' +
  'adas idas ados idos ada ida ado ido cion ciones sion ar er ir arse arlo an en as es os a e o s'
)
  .split(' ')
  .sort((a, b) => b.length - a.length)

const FILLERS: ReadonlySet<string> = new Set(
  (
    'a an the of in on to for from with by and or that which is are be as at it its this into if when where how what ' +
    'function method code el la los las un una unos unas de del en al por para con sin y o u que se su sus lo como ' +
    'cuando donde si es son esta este esto más mas cada entre función funcion método metodo código codigo'
  ).split(' '),
)

const WORDS = `
abrir: open
aceptar: accept
acceso: access
actualizar: update refresh
actual: current
agregar: add append
agrupar: group
aleatorio: random
almacenar: store save
almacén: store storage
altura: height
alto: height high
ancho: width
anchura: width breadth
amplitud: breadth
anterior: previous
añadir: add append push
apagar: shutdown stop
apellido: surname
aplanar: flatten
aplicar: apply
aprobar: approve
árbol: tree
archivo: file
argumento: argument
arista: edge
arreglo: array
arrancar: start
asignar: assign set
atributo: attribute
aumentar: increase increment
autenticar: authenticate auth login
autor: author
autorizar: authorize
ayuda: help
bajar: download lower
barra: bar
base: base
biblioteca: library
bloque: block
bloquear: lock block
borrar: delete remove clear erase
botón: button
bucle: loop
burbuja: bubble
buscar: search find lookup
búsqueda: search find
byte: byte
cabecera: header
cabeza: head
cadena: string chain
caché: cache
calcular: calculate compute
cálculo: calculation computation
calendario: calendar
cambiar: change switch swap
cambio: change
camino: path route
campo: field
cancelar: cancel abort
canal: channel
cantidad: amount quantity count
capa: layer
carácter: character char
cargar: load upload
carpeta: folder directory
carrito: cart
caso: case
celda: cell
cerrar: close
ciclo: cycle loop
cifrar: encrypt cipher
cifrado: cipher encrypt encryption
cifra: digit
cita: quote
ciudad: city
clase: class
clasificar: classify sort
clave: key password
cliente: client customer
codificar: encode
cola: queue tail
colocar: place put
color: color
columna: column
comando: command
combinar: combine merge
comentario: comment
comenzar: start begin
comparar: compare
compilar: compile build
completo: complete full
componente: component
comprimir: compress
comprobar: check verify test
cómputo: computation
común: common
concatenar: concat concatenate join
conectar: connect
conexión: connection
configurar: configure config setup
configuración: config configuration settings
conjunto: set
consulta: query
consultar: query
constante: constant
construir: build construct
consumir: consume
contar: count
contador: counter count
contener: contain
contenido: content body
contexto: context
contraseña: password
control: control
convertir: convert
copiar: copy clone
copia: copy backup
correo: mail email
correr: run
cortar: cut slice trim
corto: short
crear: create make new
cuadrado: square
cuadrada: square
cuadro: box frame
cuenta: account count
cuerpo: body
datos: data
dato: data
decodificar: decode
defecto: default
definir: define
dependencia: dependency
derecha: right
desactivar: disable
descargar: download
descifrar: decrypt decipher
descomponer: decompose factor
descomprimir: decompress unzip
desconectar: disconnect
describir: describe
desplazar: shift scroll move
destino: destination target
detener: stop halt
devolver: return
día: day
dibujar: draw paint
diccionario: dictionary dict map
diferencia: difference diff
dígito: digit
dirección: address direction
directorio: directory
disco: disk
distancia: distance
dividir: divide split
división: division
divisor: divisor
doble: double
documento: document
dueño: owner
duración: duration
editar: edit
ejecutar: run execute
ejemplo: example
elegir: choose select pick
elemento: element item
eliminar: remove delete
emitir: emit
empezar: start begin
empujar: push
encontrar: find
encolar: enqueue
enlace: link
enlazar: link bind
entero: integer int
entorno: environment
entrada: input entry
enviar: send submit post
envío: send shipping
error: error
escalar: scale
escapar: escape
escribir: write
escuchar: listen
espacio: space
esperar: wait await
estado: state status
estructura: structure
estudiante: student
evento: event
evitar: avoid prevent
excepción: exception error
existir: exist
éxito: success
exponente: exponent
expresión: expression
extender: extend
extraer: extract
factor: factor
fallar: fail
fallo: failure fail
fecha: date
fichero: file
fila: row
filtrar: filter
filtro: filter
fin: end
final: end last final
firma: signature sign
firmar: sign
formato: format
formatear: format
formulario: form
frecuencia: frequency
fuente: source font
fusionar: merge
ganar: win
generar: generate
gestor: manager handler
girar: rotate
global: global
grafo: graph
grupo: group
guardar: save store
habilitar: enable
hash: hash
hermano: sibling
hijo: child
hilo: thread
historial: history
hoja: leaf sheet
hora: hour time
iguales: equal same
igual: equal same
imagen: image
impar: odd
importar: import
imprimir: print
incluir: include
incrementar: increment
índice: index
información: info information
informe: report
iniciar: start init begin
inicio: start begin home
inicializar: initialize init
inserción: insertion insert
insertar: insert
instalar: install
intentar: try attempt
intento: attempt retry try
intercambiar: swap exchange
interfaz: interface
intervalo: interval range
invertir: reverse invert
inverso: inverse reverse
izquierda: left
juego: game
jugador: player
juntar: join merge
lado: side
lanzar: throw launch raise
largo: long length
lectura: read
leer: read
letra: letter character
lenguaje: language
liberar: free release
libro: book
límite: limit bound
limpiar: clean clear
línea: line
lineal: linear
lista: list
llamar: call
llamada: call
llave: key brace
llegar: arrive reach
llenar: fill
lleno: full
longitud: length
lugar: place
manejar: handle
manejador: handler
mapa: map
marca: mark brand
matriz: matrix array
máximo: max maximum
mayor: greater larger max
mayúscula: upper uppercase
media: mean average media
mediana: median
medida: measure size
medir: measure
medio: middle mid
mejor: best
memoria: memory
menor: less smaller min
mensaje: message
menú: menu
mes: month
mezclar: merge mix shuffle
mezcla: merge
mínimo: min minimum
minúscula: lower lowercase
mitad: half middle
modelo: model
modo: mode
módulo: module modulo
moneda: coin currency
montículo: heap
mostrar: show display
mover: move
multiplicar: multiply
multiplicación: multiplication
nivel: level
nodo: node
nombre: name
notificar: notify
notificación: notification
nuevo: new
nulo: null none
número: number
objeto: object
obtener: get fetch obtain
ocultar: hide
opción: option
operación: operation
orden: order command
ordenar: sort order
ordenación: sort
ordenamiento: sort
origen: origin source
padre: parent
página: page
pago: payment pay
pagar: pay
país: country
palabra: word
palíndromo: palindrome
panel: panel
pantalla: screen
paquete: package packet
par: even pair
parar: stop
paréntesis: parenthesis bracket
pareja: pair
parte: part
partir: split
partición: partition
pasar: pass
paso: step
patrón: pattern
pedido: order request
pedir: request ask
peor: worst
permiso: permission
permitir: allow permit
persona: person
peso: weight
petición: request
pila: stack
piso: floor
plantilla: template
población: population
polinomio: polynomial
posición: position
potencia: power
precio: price
predicción: prediction
preguntar: ask
prefijo: prefix
primero: first
primo: prime
principal: main
probar: test try
procesar: process
proceso: process
producto: product
profundidad: depth
programa: program
promedio: average mean
propiedad: property
proteger: protect guard
proveedor: provider
próximo: next
proyecto: project
prueba: test proof
publicar: publish post
puerto: port
puntero: pointer
punto: point dot
quitar: remove
raíz: root
rama: branch
rango: range
rápido: quick fast
rastrear: track trace
ratón: mouse
recibir: receive
recorrer: traverse walk iterate
recorrido: traversal traverse
recortar: trim crop strip
recta: line
recuperar: recover retrieve
recurso: resource
recursivo: recursive
red: network
redimensionar: resize
redondear: round
reducir: reduce
reemplazar: replace
referencia: reference
registrar: register log
registro: record register log
regla: rule
reintentar: retry
reloj: clock
relleno: padding fill
renderizar: render
reparar: repair fix
repetir: repeat
repetido: duplicate repeated
resolver: resolve solve
respuesta: response answer
responder: respond reply answer
resta: subtraction subtract
restar: subtract
restaurar: restore
restablecer: reset
resto: remainder rest
resultado: result
resumen: summary digest
retraso: delay
reunir: gather collect
revisar: review check
romper: break
ruta: path route
sala: room
saldo: balance
salida: output exit
salir: exit quit
saltar: skip jump
salto: jump hop
salud: health
secuencia: sequence
segundo: second
seguridad: security
seguro: safe secure
seleccionar: select
selección: selection
semana: week
semilla: seed
señal: signal
separar: separate split
serie: series
servicio: service
servidor: server
sesión: session
siguiente: next
símbolo: symbol
simple: simple
sistema: system
sitio: site
solicitud: request
subir: upload rise
subcadena: substring
sucesión: sequence
suceso: event
sufijo: suffix
suma: sum addition add
sumar: sum add
suscribir: subscribe
suscripción: subscription
sustituir: substitute replace
tabla: table
tablero: board
tamaño: size length
tarea: task job
tarjeta: card
tasa: rate
tecla: key
teclado: keyboard
teléfono: phone
temperatura: temperature
tiempo: time
tienda: store shop
tipo: type kind
título: title
todos: all
tomar: take
token: token
trabajo: job work
traducir: translate
transacción: transaction
transformar: transform
transponer: transpose
tubería: pipe pipeline
último: last
único: unique single
unir: join union merge
unión: union join
usuario: user
usar: use
vaciar: clear empty
vacío: empty
válido: valid
validar: validate check
valor: value
variable: variable
vecino: neighbor
velocidad: speed velocity
ventana: window
ventas: sales
verdad: truth true
verdadero: true
falso: false
verificar: verify check
versión: version
vértice: vertex node
vista: view
visitar: visit
vocal: vowel
volumen: volume
zona: zone
escalón: step stair
mcd: gcd
mcm: lcm
divisores: divisor factor
fuerza: force
voraz: greedy
retroceso: backtracking
mochila: knapsack
reina: queen
laberinto: maze
torre: tower
caballo: knight
ajedrez: chess
isla: island
agua: water
ladrón: robber
triángulo: triangle
círculo: circle
radio: radius
área: area
perímetro: perimeter
esfera: sphere
cubo: cube
binario: binary
decimal: decimal
hexadecimal: hexadecimal
romano: roman
complejo: complex
determinante: determinant
estadística: statistics
desviación: deviation
varianza: variance
probabilidad: probability
permutar: permutation permute
combinación: combination
anagrama: anagram
duplicado: duplicate
ocurrencia: occurrence
coincidir: match
coincidencia: match
suscriptor: subscriber
cerradura: lock
turno: turn
`

const ENGLISH: ReadonlyMap<string, readonly string[]> = lexicon()

function lexicon(): ReadonlyMap<string, readonly string[]> {
  const known = new Map<string, Set<string>>()
  for (const line of WORDS.trim().split('\n')) {
    const [spanish = '', english = ''] = line.split(': ')
    const stem = stemOf(spanish)
    const words = known.get(stem) ?? new Set()
    for (const it of english.split(' ')) words.add(it)
    known.set(stem, words)
  }
  return new Map([...known].map(([stem, words]) => [stem, [...words]]))
}
