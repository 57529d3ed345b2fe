# Three zones, a database that has its twin in another one, and GPUs that are warm.
environment = "production"
region      = "eu-central-1"
zones       = ["eu-central-1a", "eu-central-1b", "eu-central-1c"]
network     = "10.10.0.0/16"

nodes     = { type = "m7i.xlarge", least = 3, most = 12 }
gpu_nodes = { type = "g6.2xlarge", least = 2, most = 6 }

database = {
  type         = "db.m7g.large"
  room         = 100
  most_room    = 1000
  days         = 35
  second_zone  = true
  is_protected = true
}
