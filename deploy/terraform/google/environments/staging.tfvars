# A small copy of production: the same parts, one GPU that sleeps when nobody asks.
environment = "staging"
project     = "codeant-staging-example"
region      = "europe-west4"
zones       = ["europe-west4-a", "europe-west4-b"]
network     = "10.20.0.0/16"

nodes     = { type = "e2-standard-2", least = 1, most = 2 }
gpu_nodes = { type = "g2-standard-4", accelerator = "nvidia-l4", least = 0, most = 1 }

database = {
  type         = "db-custom-1-3840"
  room         = 20
  most_room    = 100
  copies       = 7
  second_zone  = false
  is_protected = false
}

backup_days = 14
