"""What people are told of cases; one file for each notice of the service process.

A member has ``NUMBER``, as the process counts them, and ``notices(scene)``,
which yields a ``Notice`` for each person whom the scene's entry concerns, and
nothing for all other entries. Members that speak of no case (renewals,
system problems) have functions of their own.

N12 and N13, the daily and the quarterly report, are sent with the reports
themselves (``reports.letter``) and are not doubled here.
"""
