# What differs between one team's clouds. environments/ holds the values for staging and production.

variable "environment" {
  description = "staging or production; part of every name."
  type        = string

  validation {
    condition     = contains(["staging", "production"], var.environment)
    error_message = "The environment is staging or production."
  }
}

variable "project" {
  description = "Google's name of the project; everything is made in it."
  type        = string
}

variable "region" {
  description = "Where everything lies, data included."
  type        = string
}

variable "zones" {
  description = "Zones of the region that have the GPU: not all of them do."
  type        = list(string)

  validation {
    condition     = length(var.zones) >= 2 && length(distinct(var.zones)) == length(var.zones)
    error_message = "At least two different zones are needed."
  }
}

variable "network" {
  description = "The network of machines, services and the database, of sixteen bits; pods have 10.64.0.0/14."
  type        = string
  default     = "10.10.0.0/16"

  validation {
    condition     = can(cidrhost(var.network, 0)) && endswith(var.network, "/16")
    error_message = "The network is a CIDR block of sixteen bits, such as 10.10.0.0/16."
  }
}

variable "administrators" {
  description = "Networks from which the cluster's own interface may be reached from outside. Empty: from inside only."
  type        = list(string)
  default     = []

  validation {
    condition     = !contains(var.administrators, "0.0.0.0/0") && !contains(var.administrators, "::/0")
    error_message = "The cluster's interface is not for everybody: name networks."
  }
}

variable "nodes" {
  description = "Machines without a GPU, for each zone: gateways, workers, Valkey and what watches them."
  type = object({
    type  = string
    least = number
    most  = number
  })
}

variable "gpu_nodes" {
  description = "Machines with a GPU, for all zones together: the engines."
  type = object({
    type        = string
    accelerator = string
    least       = number
    most        = number
  })
}

variable "database" {
  description = "The PostgreSQL: its kind of machine, its room in GB, and how many daily copies are kept."
  type = object({
    type         = string
    room         = number
    most_room    = number
    copies       = number
    second_zone  = bool
    is_protected = bool
  })

  validation {
    condition     = var.database.copies >= 7
    error_message = "At least a week: a fault that nobody saw over a holiday can still be undone."
  }
}

variable "backup_days" {
  description = "For how many days copies of the database stay in the bucket."
  type        = number
  default     = 35
}
