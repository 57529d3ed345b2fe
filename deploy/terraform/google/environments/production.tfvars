# Three zones, a database that has its twin in another one, and GPUs that are warm.
environment = "production"
project     = "codeant-production-example"
region      = "europe-west4"
zones       = ["europe-west4-a", "europe-west4-b", "europe-west4-c"]
network     = "10.10.0.0/16"

nodes     = { type = "e2-standard-4", least = 1, most = 4 }
gpu_nodes = { type = "g2-standard-8", accelerator = "nvidia-l4", least = 2, most = 6 }

database = {
  type         = "db-custom-2-8192"
  room         = 100
  most_room    = 1000
  copies       = 35
  second_zone  = true
  is_protected = true
}
