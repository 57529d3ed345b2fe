# A small copy of production: the same parts, one way out, one GPU that sleeps when nobody asks.
environment      = "staging"
region           = "eu-central-1"
zones            = ["eu-central-1a", "eu-central-1b"]
network          = "10.20.0.0/16"
way_out_per_zone = false

nodes     = { type = "m7i.large", least = 2, most = 4 }
gpu_nodes = { type = "g6.xlarge", least = 0, most = 1 }

database = {
  type         = "db.t4g.medium"
  room         = 20
  most_room    = 100
  days         = 7
  second_zone  = false
  is_protected = false
}

backup_days = 14
